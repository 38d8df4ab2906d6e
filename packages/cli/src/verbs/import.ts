import { createEarshotClient } from '@earshot/client';
import { PARTICIPANT_ROLES } from '@earshot/domain';
import { parseArguments } from '../arguments.ts';
import { openFile } from '../captioned/read-matroska.ts';
import { errorLines } from '../error-lines.ts';
import { filePlan } from '../import/file-plan.ts';
import { planImport, type ImportOptions, type ImportPlan } from '../import/plan-import.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const OPTIONS = {
  guid: { type: 'string' },
  'started-at': { type: 'string' },
  'customer-id': { type: 'string' },
  'agent-id': { type: 'string' },
  role: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

/** RFC 3339 with a zone: without one the instant would depend on this machine. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** `import` is a word of the language. */
export const importCaptions: Verb = {
  name: 'import',
  summary: 'file the captions of recordings as conversations',
  help: `earshot import FILE.mkv... [options]

Files the captions of each file as the messages of a conversation: redacted by the policy of the team before they are
stored, and no webhook is sent. Audio is not sent anywhere. Run it again after it broke off: what is there stays, what is
missing is filed. What is stored is compared with the captions afterwards. Captions are S_TEXT (SubRip, SubStation); who speaks is told by the name of the track (customer, caller,
agent ...) or by the beginning of the caption (Agent: ...).
  --guid GUID           the conversation, of one file (default: the file's title, or its name)
  --started-at INSTANT  when the file begins, such as 2026-11-22T14:05:00Z (default: what a
                        recording of ours tells; others tell when they were written)
  --customer-id ID      the customer, by whom a conversation can be found and erased (default: the guid)
  --agent-id ID         the agent (default: agent)
  --role ROLE           who speaks in all captions: customer or agent
  --dry-run             tells what would be filed, and asks no system
  --json                one JSON line a file: {"file","externalId","startedAt","messageCount"} and, when it was filed,
                        "conversationId", "filedCount", "presentCount" and "alteredCount"; or {"file","error"}
${SYSTEM_HELP}s stream:write and messages:read`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    if (positionals.length === 0) throw new UsageError('expected at least one file');
    if (values.guid !== undefined && positionals.length > 1) throw new UsageError('--guid is for one file');
    const options = optionsOf(values);
    const file = values['dry-run'] === true ? undefined : await fileWith(values, io);
    let exitCode = 0;
    for (const path of positionals) {
      io.signal.throwIfAborted();
      try {
        const plan = planImport(path, await openFile(path), options);
        report(plan, await file?.(plan), values, io);
      } catch (error) {
        // The files behind it may be sound.
        exitCode = 1;
        const told = errorLines(error).join('\n');
        if (values.json === true) io.out(JSON.stringify({ file: path, error: told }));
        else io.err(told.includes(path) ? told : `${path}: ${told}`);
      }
    }
    return exitCode;
  },
};

async function fileWith(values: Values, io: CliIo) {
  const client = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
  return async (plan: ImportPlan) => await filePlan(plan, client);
}

function optionsOf(values: Values): ImportOptions {
  const role = PARTICIPANT_ROLES.find((known) => known === values.role);
  if (values.role !== undefined && role === undefined) {
    throw new UsageError(`Cannot use --role ${values.role}: expected customer or agent`);
  }
  const startedAt = values['started-at'];
  const startedAtMs = startedAt === undefined ? undefined : Date.parse(startedAt);
  if (startedAt !== undefined && (!INSTANT.test(startedAt) || Number.isNaN(startedAtMs))) {
    throw new UsageError(
      `Cannot use --started-at ${startedAt}: expected an instant such as 2026-11-22T14:05:00Z`,
    );
  }
  const { guid, 'customer-id': customerId, 'agent-id': agentId } = values;
  return { guid, customerId, agentId, startedAtMs, role };
}

function report(
  { file, externalId, startedAtMs, messages }: ImportPlan,
  filed: Awaited<ReturnType<typeof filePlan>> | undefined,
  values: Values,
  io: CliIo,
): void {
  const startedAt = new Date(startedAtMs).toISOString();
  const messageCount = messages.length;
  if (values.json === true)
    return io.out(JSON.stringify({ file, externalId, startedAt, messageCount, ...filed }));
  const done =
    filed === undefined
      ? `${messageCount} messages would be filed`
      : `${filed.filedCount} messages filed, ${filed.presentCount} were there, ${filed.alteredCount} stored with masks`;
  io.out(`${file}  ${externalId}  ${startedAt}  ${done}`);
}
