import type { LegalHold, RetentionSettings } from '@earshot/api';
import { createEarshotClient } from '@earshot/client';
import { parseArguments, wholeNumber } from '../arguments.ts';
import { countsTable } from '../retention/counts-table.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const DAYS_MAX = 3650;

const OPTIONS = {
  'messages-days': { type: 'string' },
  'deliveries-days': { type: 'string' },
  'audit-days': { type: 'string' },
  'recordings-days': { type: 'string' },
  'exports-days': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

export const retention: Verb = {
  name: 'retention',
  summary: 'how long what is kept, how much was erased, and legal holds',
  help: `earshot retention show [--json]
earshot retention set [--messages-days N] [--deliveries-days N] [--audit-days N] [--recordings-days N]
                      [--exports-days N] [--json]
earshot retention counts [--from DAY] [--to DAY] [--json]
earshot retention hold GUID
earshot retention lift GUID
earshot retention holds [--json]

set counts at once for what is stored already; what is not named stays as it is. counts tells how much of each kind was erased,
by its age and on request, and since when the rest is kept. hold keeps a conversation whatever its
age, and refuses to erase it, until lift; holds lists those that are held. Files of exports hold many conversations: they go by
their days, and what is held stays to be read.
  --messages-days N     a conversation with all of its own, after the day (UTC) of its last activity; 1 to ${DAYS_MAX}
  --deliveries-days N   settled deliveries
  --audit-days N        receipts of erasures
  --recordings-days N   recordings, never longer than their conversation; 0: as long as that
  --exports-days N      files of exports, after their day (UTC), never longer than messages; 0: as long as those
  --from DAY            with counts: the first day (UTC), such as 2026-11-22; default 29 days before the last, at most 365
  --to DAY              with counts: the last day; default today
  --json                what the API answers, with counts each day as well; with holds one object a line
${SYSTEM_HELP} admin`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const { word, guid } = readWords(positionals);
    const { from, to } = values;
    if (word !== 'counts' && (from !== undefined || to !== undefined))
      throw new UsageError('--from and --to go with counts');
    const change = readDays(values);
    if (word === 'set' && Object.keys(change).length === 0)
      throw new UsageError('set what? Expected days, such as --messages-days 30');
    const { retention: calls } = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    if (word === 'holds') return await listHolds(calls.holds(), values, io);
    if (word === 'counts') {
      const days = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const counts = await calls.counts(days);
      for (const line of values.json === true ? [JSON.stringify(counts)] : countsTable(counts)) io.out(line);
      return 0;
    }
    if (guid !== undefined) {
      if (word === 'hold') io.out(`Held since ${(await calls.placeHold(guid)).placedAt}`);
      else await calls.liftHold(guid).then(() => io.out('Not held'));
      return 0;
    }
    const current = await calls.get();
    const settings = word === 'set' ? await calls.put(changed(current, change)) : current;
    io.out(values.json === true ? JSON.stringify(settings) : settingsLine(settings));
    return 0;
  },
};

const WORDS = ['show', 'set', 'counts', 'hold', 'lift', 'holds'] as const;

function readWords([given, guid, ...more]: readonly string[]) {
  const word = WORDS.find((known) => known === given);
  if (word === undefined) throw new UsageError('expected show, set, counts, hold, lift or holds');
  const takesGuid = word === 'hold' || word === 'lift';
  if (more.length > 0 || takesGuid !== (guid !== undefined)) {
    throw new UsageError(takesGuid ? `${word} which call? Expected its guid` : `${word} takes no id`);
  }
  return { word, guid };
}

async function listHolds(holds: AsyncIterable<LegalHold>, { json }: Values, io: CliIo): Promise<number> {
  let holdCount = 0;
  for await (const hold of holds) {
    holdCount += 1;
    const { externalId, placedAt, placedBy } = hold;
    io.out(json === true ? JSON.stringify(hold) : `${externalId}  since ${placedAt}  by ${placedBy}`);
  }
  if (holdCount === 0 && json !== true) io.out('No holds');
  return 0;
}

/** 0 takes the days of recordings or exports back: those stay as long as what was said. */
type Change = Partial<RetentionSettings>;

function readDays(values: Values): Change {
  const days = (name: keyof Values & `${string}-days`, min: number): number | undefined => {
    const text = values[name];
    return text === undefined ? undefined : wholeNumber(name, text, { min, max: DAYS_MAX, otherwise: 1 });
  };
  const all = {
    messagesDays: days('messages-days', 1),
    deliveriesDays: days('deliveries-days', 1),
    auditDays: days('audit-days', 1),
    recordingsDays: days('recordings-days', 0),
    exportsDays: days('exports-days', 0),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function changed(current: RetentionSettings, change: Change): RetentionSettings {
  const { recordingsDays = 0, exportsDays = 0, ...settings } = { ...current, ...change };
  return {
    ...settings,
    ...(recordingsDays === 0 ? {} : { recordingsDays }),
    ...(exportsDays === 0 ? {} : { exportsDays }),
  };
}

function settingsLine(settings: RetentionSettings): string {
  const { messagesDays, deliveriesDays, auditDays, recordingsDays, exportsDays } = settings;
  const kept = (days: number | undefined, otherwise: string) =>
    days === undefined ? otherwise : `${days} days`;
  return [
    `messages ${messagesDays} days`,
    `recordings ${kept(recordingsDays, 'with their conversation')}`,
    `exports ${kept(exportsDays, 'as messages')}`,
    `deliveries ${deliveriesDays} days`,
    `receipts ${auditDays} days`,
  ].join(', ');
}
