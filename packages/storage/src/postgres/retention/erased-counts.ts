import type { ErasedDay, ErasedRows, KeptRows, RetentionCounts } from '../../stores/retention-counts.ts';
import { json } from '../column-types.ts';
import type { Database, Session } from '../database.ts';

export type ErasureCause = 'age' | 'request';

interface ErasedOfTenant extends Partial<ErasedRows> {
  readonly tenantId: string;
}

const HOLD_COUNT_MAX = 10_000;

const COLUMNS = {
  conversations: 'conversations',
  messages: 'messages',
  recordings: 'recordings',
  deliveries: 'deliveries',
  exportDays: 'export_days',
  receipts: 'receipts',
} as const satisfies Record<keyof ErasedRows, string>;
const KINDS = ['conversations', 'messages', 'recordings', 'deliveries', 'exportDays', 'receipts'] as const;
const NOTHING: ErasedRows = {
  conversations: 0,
  messages: 0,
  recordings: 0,
  deliveries: 0,
  exportDays: 0,
  receipts: 0,
};

/** That of the database, as for leases: processes whose clocks differ count for the same day. */
const TODAY = `(clock_timestamp() at time zone 'UTC')::date`;

const ADD_TO = (kinds: readonly (keyof ErasedRows)[]): string =>
  `on conflict (tenant_id, day, cause) do update set ${kinds
    .map((kind) => `${COLUMNS[kind]} = e.${COLUMNS[kind]} + excluded.${COLUMNS[kind]}`)
    .join(', ')}`;

/** Counts the rows `gone` of the statement it is part of, which are of the tenant $1 and went by their age. */
export const COUNT_GONE = (kind: keyof ErasedRows): string => `
  insert into erased_counts as e (tenant_id, day, cause, ${COLUMNS[kind]})
  select $1, ${TODAY}, 'age', count(*) from gone having count(*) > 0 ${ADD_TO([kind])}`;

/** Tenants in order, so that two who add to the same ones do not wait for each other. */
const ADD = `insert into erased_counts as e (tenant_id, day, cause, ${KINDS.map((kind) => COLUMNS[kind]).join(', ')})
select "tenantId", ${TODAY}, $1, ${KINDS.map((kind) => `coalesce("${kind}", 0)`).join(', ')}
from json_to_recordset($2) as erased ("tenantId" text, ${KINDS.map((kind) => `"${kind}" bigint`).join(', ')})
order by "tenantId" collate "C" ${ADD_TO(KINDS)}`;

const LIST = `select day::text, cause, ${KINDS.map((kind) => `${COLUMNS[kind]} as "${kind}"`).join(', ')}
from erased_counts where tenant_id = $1 and day between $2 and $3 order by day`;

const SINCE = (table: string, column: string): string =>
  `(select ${column} from ${table} where tenant_id = $1 order by ${column} limit 1)`;
const KEPT = `select ${SINCE('conversations', 'created_at')} as "conversationsSinceMs",
  ${SINCE('recordings', 'created_at')} as "recordingsSinceMs",
  ${SINCE('deliveries', 'created_at')} as "deliveriesSinceMs",
  ${SINCE('erasure_receipts', 'erased_at')} as "receiptsSinceMs",
  exported."sinceDay" as "exportsSinceDay", exported."dayCount" as "exportDayCount",
  (select count(*) from (select from conversation_holds where tenant_id = $1 limit ${HOLD_COUNT_MAX}) h) as "holdCount"
from (select min(d.day)::text as "sinceDay", count(*) as "dayCount" from export_days d
  where d.tenant_id = $1 and not d.erasing and exists (
    select from export_units u where u.tenant_id = d.tenant_id and u.day = d.day)) exported`;

/** Once all is erased: from here on others that erase for the tenant wait for the end of the transaction. */
export async function addErased(
  session: Session,
  cause: ErasureCause,
  erased: readonly ErasedOfTenant[],
): Promise<void> {
  const some = erased.filter((rows) => KINDS.some((kind) => (rows[kind] ?? 0) > 0));
  if (some.length > 0) await session.rows(ADD, [cause, json(some)]);
}

export function createErasedCounts(database: Database): RetentionCounts {
  return {
    async listErased({ tenantId, fromDay, toDay }) {
      const rows = await database.run<ErasedRows & { day: string; cause: ErasureCause }>(
        'list what was erased',
        LIST,
        [tenantId, fromDay, toDay],
      );
      const days = new Map<string, ErasedDay>();
      for (const { day, cause, ...counts } of rows) {
        const { byAge, onRequest } = days.get(day) ?? { byAge: NOTHING, onRequest: NOTHING };
        days.set(day, {
          day,
          byAge: cause === 'age' ? counts : byAge,
          onRequest: cause === 'request' ? counts : onRequest,
        });
      }
      return [...days.values()];
    },
    async readKept(tenantId) {
      type Row = { readonly [Field in keyof KeptRows]: KeptRows[Field] | null };
      const [row] = await database.run<Row>('read what is kept', KEPT, [tenantId]);
      return {
        conversationsSinceMs: row?.conversationsSinceMs ?? undefined,
        recordingsSinceMs: row?.recordingsSinceMs ?? undefined,
        deliveriesSinceMs: row?.deliveriesSinceMs ?? undefined,
        receiptsSinceMs: row?.receiptsSinceMs ?? undefined,
        exportsSinceDay: row?.exportsSinceDay ?? undefined,
        exportDayCount: row?.exportDayCount ?? 0,
        holdCount: row?.holdCount ?? 0,
      };
    },
  };
}
