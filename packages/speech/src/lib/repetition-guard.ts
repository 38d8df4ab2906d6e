/** Text of one decode with the pieces it was made of. */
export interface DecodedText {
  readonly text: string;
  /** Pieces of `text` in order, leading spaces kept. */
  readonly tokens: readonly string[];
}

/** Hurried English on real calls reached 7.8 tokens a second, rolls included; loops ran at 14 and more. */
const TOKENS_PER_SECOND_MAX = 10;
const GRAM_TOKENS_MAX = 4;
/** A figure, a digit as a word, or what stands between two of them. */
const digitToken = /^ ?(?:\d*|zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|[,.-])$/i;

/**
 * Mends text of a decoder that looped: keeps one copy of a token that stands five times or more in a row, or of
 * two to four tokens that stand four times or more. Digits may repeat (card numbers do) at a speaker's pace.
 * What is then still faster than anybody speaks is no speech: the answer is empty.
 */
export function guardRepetition(decoded: DecodedText, durationMs: number): string {
  const tokensMax = (TOKENS_PER_SECOND_MAX * durationMs) / 1000;
  const tooFast = decoded.tokens.length > tokensMax;
  let tokens: readonly string[] = decoded.tokens;
  for (let gram = 1; gram <= GRAM_TOKENS_MAX; gram += 1) {
    tokens = keepOneCopy(tokens, gram, gram === 1 ? 5 : 4, !tooFast);
  }
  if (tokens.length > tokensMax) return '';
  return tokens.length === decoded.tokens.length ? decoded.text : tokens.join('');
}

function keepOneCopy(
  tokens: readonly string[],
  gram: number,
  copiesMin: number,
  digitsMayRepeat: boolean,
): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index < tokens.length;) {
    const copies = copiesAt(tokens, index, gram);
    const unit = tokens.slice(index, index + gram);
    const allowed = digitsMayRepeat && unit.every((token) => digitToken.test(token));
    if (copies >= copiesMin && !allowed) {
      kept.push(...unit);
      index += copies * gram;
    } else {
      kept.push(...tokens.slice(index, index + 1));
      index += 1;
    }
  }
  return kept;
}

function copiesAt(tokens: readonly string[], start: number, gram: number): number {
  let length = gram;
  while (start + length < tokens.length && tokens[start + length] === tokens[start + length - gram])
    length += 1;
  return Math.floor(length / gram);
}
