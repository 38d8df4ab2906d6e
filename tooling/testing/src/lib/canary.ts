const DIGIT_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
/** What people say for a zero. */
const ZERO_WORDS = ['zero', 'oh', 'o'] as const;

export interface CanarySink {
  /** Where the text was found, e.g. `log of ingest`. */
  name: string;
  text: string;
}

export interface Canary {
  /** Every spelling that is looked for. */
  spellings: readonly string[];
  /** Adds a text that must not hold the secret. */
  collect(name: string, text: string): void;
  /** Names of the texts that hold it, with the spelling found; never the text around it. */
  findings(): readonly { sink: string; spelling: string }[];
  /** Throws, naming each place, when any collected text holds the secret; also when nothing was collected. */
  assertClean(): void;
}

/** Watches for a spoken secret of digits (a PIN, a card number) in everything that leaves the process that heard it. */
export function createCanary(secretDigits: string): Canary {
  const digits = secretDigits.replaceAll(/[\s-]/g, '');
  if (!/^\d{3,}$/.test(digits)) {
    throw new Error(`Cannot watch for a secret of ${digits.length} characters: at least 3 digits are needed`);
  }
  const patterns = spellingsOf(digits).map((spelling) => ({ spelling, pattern: asPattern(spelling) }));
  const sinks: CanarySink[] = [];

  function findings(): { sink: string; spelling: string }[] {
    return sinks.flatMap(({ name, text }) =>
      patterns.filter(({ pattern }) => pattern.test(text)).map(({ spelling }) => ({ sink: name, spelling })),
    );
  }

  return {
    spellings: patterns.map(({ spelling }) => spelling),
    collect: (name, text) => {
      sinks.push({ name, text });
    },
    findings,
    assertClean: () => {
      if (sinks.length === 0) throw new Error('Cannot call it clean: no text was collected');
      const found = findings();
      if (found.length === 0) return;
      const places = found.map(({ sink, spelling }) => `${sink} (spelled "${spelling}")`);
      throw new Error(`The secret was found in ${places.join(', ')}`);
    },
  };
}

function spellingsOf(digits: string): string[] {
  const singles = digits.split('');
  const groupsOf = (size: number): string[] => digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
  const asWords = (zero: string): string =>
    singles.map((digit) => (digit === '0' ? zero : (DIGIT_WORDS[Number(digit)] ?? digit))).join(' ');
  const spellings = [
    digits,
    singles.join(' '),
    groupsOf(4).join(' '),
    groupsOf(2).join(' '),
    ...ZERO_WORDS.map(asWords),
  ];
  return [...new Set(spellings)];
}

/**
 * Single digits and words may be parted by blanks and punctuation, groups of digits by blanks and hyphens only.
 * A match inside a longer number, an identifier, a date or a decimal is not the secret.
 */
function asPattern(spelling: string): RegExp {
  const parts = spelling.split(' ');
  const isDigits = /^\d/.test(spelling);
  const grouped = isDigits && parts.some((part) => part.length > 1);
  const body = parts.join(grouped ? '[\\s-]+' : '[\\s,.;_-]+');
  return isDigits
    ? new RegExp(`(?<![0-9a-z]|\\d[.:-])${body}(?![0-9a-z]|[.:-]\\d)`, 'i')
    : new RegExp(`(?<![a-z])${body}(?![a-z])`, 'i');
}
