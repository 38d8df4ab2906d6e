import type { RetentionSettings } from '@earshot/api';
import { createEarshotClient } from '@earshot/client';
import { parseArguments, wholeNumber } from '../arguments.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type Verb } from '../verb.ts';

const DAYS_MAX = 3650;

const OPTIONS = {
  'messages-days': { type: 'string' },
  'deliveries-days': { type: 'string' },
  'audit-days': { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

export const retention: Verb = {
  name: 'retention',
  summary: 'how long what is kept, and legal holds',
  help: `earshot retention show [--json]
earshot retention set [--messages-days N] [--deliveries-days N] [--audit-days N] [--json]
earshot retention hold GUID
earshot retention lift GUID

set counts at once for what is stored already; what is not named stays as it is. hold keeps a conversation whatever its
age, and refuses to erase it, until lift.
  --messages-days N     a conversation with all of its own, after its last activity; 1 to ${DAYS_MAX}
  --deliveries-days N   settled deliveries
  --audit-days N        receipts of erasures
${SYSTEM_HELP} admin`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [word, guid, ...more] = positionals;
    const takesGuid = word === 'hold' || word === 'lift';
    if (word !== 'show' && word !== 'set' && !takesGuid)
      throw new UsageError('expected show, set, hold or lift');
    if (more.length > 0 || takesGuid !== (guid !== undefined)) {
      throw new UsageError(takesGuid ? `${word} which call? Expected its guid` : `${word} takes no id`);
    }
    const change = readDays(values);
    if (word === 'set' && Object.keys(change).length === 0) throw new UsageError('set what? Expected days');
    const { retention: calls } = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    if (guid !== undefined) {
      if (word === 'hold') io.out(`Held since ${(await calls.placeHold(guid)).placedAt}`);
      else await calls.liftHold(guid).then(() => io.out('Not held'));
      return 0;
    }
    const current = await calls.get();
    const settings = word === 'set' ? await calls.put({ ...current, ...change }) : current;
    io.out(values.json === true ? JSON.stringify(settings) : settingsLine(settings));
    return 0;
  },
};

function readDays(values: Values): Partial<RetentionSettings> {
  const days = (name: keyof Values & `${string}-days`): number | undefined => {
    const text = values[name];
    return text === undefined ? undefined : wholeNumber(name, text, { min: 1, max: DAYS_MAX, otherwise: 1 });
  };
  const [messagesDays, deliveriesDays, auditDays] = [
    days('messages-days'),
    days('deliveries-days'),
    days('audit-days'),
  ];
  return {
    ...(messagesDays === undefined ? {} : { messagesDays }),
    ...(deliveriesDays === undefined ? {} : { deliveriesDays }),
    ...(auditDays === undefined ? {} : { auditDays }),
  };
}

function settingsLine({ messagesDays, deliveriesDays, auditDays }: RetentionSettings): string {
  return `messages ${messagesDays} days, deliveries ${deliveriesDays} days, receipts ${auditDays} days`;
}
