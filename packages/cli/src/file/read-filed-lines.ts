import type { FileMessageBody } from '@earshot/api';
import { CliError } from '../verb.ts';

/** Who speaks when, where a line does not tell. */
export interface FiledDefaults {
  /** Ids of the two sides; an agent may be missing. */
  readonly senders: { readonly customer: string; readonly agent: string | undefined };
  /** Of the first line, ms since the epoch; the next lines are a second apart. Undefined: each line tells its own. */
  readonly atMs: number | undefined;
}

const ROLES = ['customer', 'agent', 'system'] as const;
type Role = (typeof ROLES)[number];

interface Line {
  readonly role: Role;
  readonly text: string;
  readonly sender?: string;
  readonly timestamp?: string;
}

const SECOND_MS = 1000;
const MESSAGES_MAX = 50_000;

/**
 * Messages of lines `customer: words`, or JSON `{"role","text","timestamp","sender"}`, the last two as wanted. Empty lines
 * are passed over.
 *
 * @throws CliError naming the line, never what it says
 */
export async function readFiledLines(
  lines: AsyncIterable<string>,
  defaults: FiledDefaults,
): Promise<readonly FileMessageBody[]> {
  const messages: FileMessageBody[] = [];
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    if (messages.length === MESSAGES_MAX)
      throw wrong(number, `a conversation of more than ${MESSAGES_MAX} messages`);
    const read = line.trimStart().startsWith('{') ? readJson(line, number) : readPlain(line, number);
    messages.push(toMessage(read, messages.length, number, defaults));
  }
  return messages;
}

function toMessage(
  { role, text, sender, timestamp }: Line,
  index: number,
  number: number,
  { senders, atMs }: FiledDefaults,
): FileMessageBody {
  const externalId = sender ?? (role === 'system' ? 'system' : senders[role]);
  if (externalId === undefined) throw wrong(number, 'it is of the agent, and --agent is missing');
  const at = timestamp ?? (atMs === undefined ? undefined : new Date(atMs + index * SECOND_MS).toISOString());
  if (at === undefined) throw wrong(number, 'it tells no "timestamp", and --at is missing');
  return { text, sender: { role, externalId }, timestamp: at };
}

function readPlain(line: string, number: number): Line {
  const colon = line.indexOf(':');
  const role = roleOf(line.slice(0, Math.max(colon, 0)));
  const text = line.slice(colon + 1).trim();
  if (role === undefined || text === '') {
    throw wrong(number, 'expected JSON, or words after customer:, agent: or system:');
  }
  return { role, text };
}

function readJson(line: string, number: number): Line {
  const { role: named, text, sender, timestamp } = parsed(line, number);
  const role = typeof named === 'string' ? roleOf(named) : undefined;
  if (role === undefined) throw wrong(number, `"role" has to be one of ${ROLES.join(', ')}`);
  if (typeof text !== 'string' || text === '') throw wrong(number, '"text" has to be a string of words');
  return {
    role,
    text,
    ...textOf('sender', sender, number),
    ...textOf('timestamp', timestamp, number),
  };
}

function textOf<Name extends string>(
  name: Name,
  value: unknown,
  number: number,
): Partial<Record<Name, string>> {
  if (value === undefined) return {};
  if (typeof value !== 'string' || value === '') throw wrong(number, `"${name}" has to be a string`);
  return { [name]: value } as Record<Name, string>;
}

function roleOf(word: string): Role | undefined {
  return ROLES.find((role) => role === word.trim().toLowerCase());
}

function parsed(line: string, number: number): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw wrong(number, 'it is not JSON');
}

function wrong(number: number, problem: string): CliError {
  return new CliError(`Cannot file line ${number}: ${problem}`);
}
