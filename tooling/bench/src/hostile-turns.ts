/** Texts that make a careless scanner look again and again at what it has seen. */
const PATTERNS: Readonly<Record<string, string>> = {
  spokenDigits: 'four one one two nine oh ',
  figures: '4111 1111 ',
  oneNumber: '7',
  cues: 'my pin is my card number is ',
  doubles: 'double triple ',
  nearlyMail: 'a dot b at c dot ',
  password: 'password is password ',
  letters: 'x',
  spaces: ' ',
  mixed: '4-1.1,1 um one/2 and ',
};

export interface HostileTurn {
  readonly pattern: string;
  readonly text: string;
}

/** One turn of each kind, of that many characters. */
export function hostileTurns(charCount: number): HostileTurn[] {
  return Object.entries(PATTERNS).map(([pattern, unit]) => ({
    pattern,
    text: unit.repeat(Math.ceil(charCount / unit.length)).slice(0, charCount),
  }));
}
