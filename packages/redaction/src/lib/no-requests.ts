import type { Turn } from './read-turn.ts';
import type { RedactionState } from './state.ts';

/** "I verified your social", "do not share the code with anyone": nobody is to say it now. */
export function isNoRequest({ role, tokens, asking, openEnded, endsOnCue, runs }: Turn): boolean {
  if (role !== 'agent' || (openEnded && !endsOnCue)) return false;
  const text = tokens.map((token) => token.text);
  const forbids = text.some(
    (word, at) =>
      /^(?:not|don't|never)$/.test(word) &&
      /^(?:share|tell|give|say|disclose|read)$/.test(text[at + 1] ?? ''),
  );
  return forbids || (!asking && runs.length === 0 && text.some((word) => DONE.has(word)));
}

const DONE: ReadonlySet<string> = new Set(
  'verified confirmed matches matched updated accepted unlocked'.split(' '),
);

/** "I'll give you a temporary password, are you ready?": the agent is going to say it. */
export function isDictation({ role, tokens }: Turn): boolean {
  return (
    role === 'agent' && tokens.some(({ text }) => /^(?:temporary|ready|write|jot|pen|paper)$/.test(text))
  );
}

/** "What was your first pet", "for verification your grandmother's name": what one may be known by, and nothing else. */
export function isPersonalQuestion({ role, cues, tokens }: Turn): boolean {
  if (role !== 'agent') return false;
  const named = cues.some(
    ({ label }) => label !== 'PASSWORD' && label !== 'PIN' && label !== 'none' && label !== 'other',
  );
  const isContext = cues.every(
    ({ label, first }) => label !== 'PASSWORD' || /^(?:for|security)$/.test(tokens[first]?.text ?? ''),
  );
  return !named && !(isContext && cues.some(({ label }) => label === 'other'));
}

/** "And the name of your street?", after another question of the kind. */
export function isNextPersonal({ tokens, cues }: Turn, { expectations }: RedactionState): boolean {
  if (cues.length > 0) return false;
  if (!expectations.some(({ entity }) => entity === 'PASSWORD')) return false;
  return (
    tokens.some(({ text }) => /^(?:your|you)$/.test(text)) &&
    tokens.some(({ text }) =>
      /^(?:name|street|town|school|born|pet|friend|job|color|live|lived|meet|met|grow|favorite)$/.test(text),
    )
  );
}

/** "That's too simple, pick a longer one": another password is to come. */
export function isPasswordRefused({ role, cues, tokens }: Turn, { expectations }: RedactionState): boolean {
  if (role !== 'agent' || cues.some(({ label }) => label !== 'none')) return false;
  const given = expectations.some(({ entity, digitCount }) => entity === 'PASSWORD' && digitCount > 0);
  return given && tokens.some(({ text }) => REFUSED.has(text));
}

const REFUSED: ReadonlySet<string> = new Set(
  "simple short weak longer stronger different another invalid incorrect wrong again rejected needs accept accepting taken used match that's not no nope still".split(
    ' ',
  ),
);
