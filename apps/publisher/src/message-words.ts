/** Under which keys of a body a customer or an agent is quoted (`TranscriptWebhook`). */
const QUOTING_KEYS: ReadonlySet<string> = new Set(['text', 'unredactedText', 'content']);
const WORD_COUNT_MAX = 2000;

/**
 * What is said in the body of a message: each quoted text whole, and its words. A target may send its request back, and
 * an answer is kept longer, and seen by more people, than what was said.
 */
export function messageWords(body: string): string[] {
  const words = new Set<string>();
  const visit = (value: unknown, quoted: boolean): void => {
    if (typeof value === 'string') {
      if (quoted) for (const word of [value, ...value.split(/[^\p{L}\p{N}]+/u)]) words.add(word);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(inner, QUOTING_KEYS.has(key));
    }
  };
  visit(parse(body), false);
  return [...words].slice(0, WORD_COUNT_MAX);
}

/** Bodies are JSON of ours; what is none quotes nobody. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
