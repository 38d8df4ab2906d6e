import {
  DEFAULT_ENTITIES,
  ENTITY_NAMES,
  readEntityName,
  type EntityName,
  type RedactionPolicy,
} from '@earshot/redaction';
import { oneOf, parseArguments } from '../arguments.ts';
import { createConversations, type Conversations } from '../redact/conversations.ts';
import { inputLines } from '../redact/input-lines.ts';
import { readJsonTurn } from '../redact/json-turns.ts';
import { createPlainTurns } from '../redact/plain-turns.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const EXIT_BAD_LINE = 2;

export const redact: Verb = {
  name: 'redact',
  summary: 'mask personal data in conversations on standard input',
  help: `earshot redact [--json] [--policy strict|balanced] [--entities A,B|all] [--mask hash|label]

Plain text: a turn a line, which may begin with agent: or customer:; the same lines come out, masked.
  --json      lines {"conversation","role","text"} in the order of the conversation, role customer or agent; for each
              a line {"text","findings":[{"type","start","end"}]}, with UTF-16 offsets into the text as given; the same
              without this option when the first line is such a turn
  --policy    balanced (default) leaves numbers that nothing makes sensitive; strict masks every run of three or more
              digits that is no amount, date or time
  --entities  what to mask, by name, or all
              default: ${wrapped(DEFAULT_ENTITIES)}
              all:     ${wrapped(ENTITY_NAMES)}
  --mask      hash (default) writes # for each digit or letter; label writes [PIN]

A line that cannot be read is reported with its number, gives {"text":"","findings":[],"error":...} in its place, and
makes the exit code 2; all others are still masked.`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean' },
      policy: { type: 'string' },
      entities: { type: 'string' },
      mask: { type: 'string' },
    });
    if (positionals.length > 0)
      throw new UsageError(`expected turns on standard input, got ${positionals.join(' ')}`);
    const policy: RedactionPolicy = {
      entities: entitiesOf(values.entities),
      mode: oneOf('policy', values.policy, ['balanced', 'strict'], 'balanced'),
      mask: oneOf('mask', values.mask, ['hash', 'label'], 'hash'),
    };
    return await redactLines(policy, { asked: values.json === true ? 'json' : undefined, io });
  },
};

type Form = 'json' | 'text';

/** Text whose first line is a turn in JSON is taken for JSON lines, asked or not. */
async function redactLines(
  policy: RedactionPolicy,
  { asked, io }: { readonly asked: Form | undefined; readonly io: CliIo },
): Promise<number> {
  const conversations = createConversations(policy);
  const redactPlain = createPlainTurns(policy);
  let form = asked;
  let exitCode = 0;
  let number = 0;
  for await (const line of inputLines(io.input)) {
    io.signal.throwIfAborted();
    number += 1;
    const blank = line.trim() === '';
    if (!blank) form ??= readJsonTurn(line).ok ? 'json' : 'text';
    if (form !== 'json') io.out(redactPlain(line));
    else if (!blank) {
      const { output, problem } = redactJsonLine(conversations, line);
      io.out(JSON.stringify(output));
      if (problem === undefined) continue;
      io.err(`earshot redact: Cannot read line ${number}: ${problem}`);
      exitCode = EXIT_BAD_LINE;
    }
  }
  return exitCode;
}

function redactJsonLine(conversations: Conversations, line: string): { output: object; problem?: string } {
  const read = readJsonTurn(line);
  if (!read.ok) return { output: { text: '', findings: [], error: read.problem }, problem: read.problem };
  const { conversation, role, text } = read.turn;
  const result = conversations.redact(conversation, { role, text });
  const findings = result.findings.map(({ entity, start, end }) => ({ type: entity, start, end }));
  return { output: { text: result.text, findings } };
}

function entitiesOf(list: string | undefined): readonly EntityName[] {
  if (list === undefined) return DEFAULT_ENTITIES;
  const words = list.split(',').map((word) => word.trim());
  if (words.some((word) => word.toLowerCase() === 'all')) return ENTITY_NAMES;
  return words.map((word) => {
    const known = readEntityName(word);
    if (known !== undefined) return known;
    throw new UsageError(
      `Cannot use --entities ${word}: expected all, or some of ${ENTITY_NAMES.join(', ')}`,
    );
  });
}

function wrapped(names: readonly EntityName[]): string {
  const rows: string[] = [];
  for (let at = 0; at < names.length; at += 5) rows.push(names.slice(at, at + 5).join(', '));
  return rows.join(',\n                       ');
}
