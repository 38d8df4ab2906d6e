import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';

export interface JsonTurn {
  readonly conversation: string;
  readonly role: ParticipantRole;
  readonly text: string;
}

export type ReadTurn =
  { readonly ok: true; readonly turn: JsonTurn } | { readonly ok: false; readonly problem: string };

/** One line of `{"conversation","role","text"}`. The problem never repeats what the line holds. */
export function readJsonTurn(line: string): ReadTurn {
  const value = parsed(line);
  if (value === undefined) return { ok: false, problem: 'it is not JSON' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problem: 'expected an object {"conversation","role","text"}' };
  }
  const { conversation = '', role, text }: Partial<Record<string, unknown>> = { ...value };
  if (typeof conversation !== 'string' && typeof conversation !== 'number') {
    return { ok: false, problem: '"conversation" has to be a string' };
  }
  const known = PARTICIPANT_ROLES.find((name) => typeof role === 'string' && name === role.toLowerCase());
  if (known === undefined) {
    return { ok: false, problem: `"role" has to be one of ${PARTICIPANT_ROLES.join(', ')}` };
  }
  if (typeof text !== 'string') return { ok: false, problem: '"text" has to be a string' };
  return { ok: true, turn: { conversation: String(conversation), role: known, text } };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
