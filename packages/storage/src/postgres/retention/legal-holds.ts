import type { LegalHold, RetentionStore } from '../../stores/retention.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { storageError } from '../storage-error.ts';

/** The foreign key of the hold makes it wait for an erasure under way, and then find nothing to hold. */
const PLACE = `with conversation as (
  select tenant_id, conversation_id from conversations where tenant_id = $1 and external_id = $2
), placed as (
  insert into conversation_holds (tenant_id, conversation_id, placed_by, placed_at)
  select tenant_id, conversation_id, $3, $4 from conversation on conflict do nothing returning placed_by, placed_at
)
select coalesce(p.placed_at, h.placed_at) as "placedAtMs", coalesce(p.placed_by, h.placed_by) as "placedBy"
from conversation c left join placed p on true left join conversation_holds h using (tenant_id, conversation_id)`;

const LIFT = `with conversation as (
  select tenant_id, conversation_id from conversations where tenant_id = $1 and external_id = $2
), lifted as (
  delete from conversation_holds h using conversation c
  where h.tenant_id = c.tenant_id and h.conversation_id = c.conversation_id
)
select 1 from conversation`;

/** Off the primary key: ids begin with the instant of the conversation. Each is looked up by itself. */
const LIST = `select h.conversation_id as "conversationId", c.external_id as "externalId", h.placed_at as "placedAtMs",
  h.placed_by as "placedBy"
from (
  select * from conversation_holds where tenant_id = $1 and conversation_id > $2 order by conversation_id limit $3
) h cross join lateral (
  select external_id from conversations where tenant_id = h.tenant_id and conversation_id = h.conversation_id limit 1
) c
order by h.conversation_id`;

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

export function createLegalHolds(
  database: Database,
): Pick<RetentionStore, 'placeHold' | 'listHolds' | 'liftHold'> {
  return {
    async placeHold({ tenantId, externalId, placedBy, atMs }) {
      const [row] = await database.run<{ placedAtMs: number | null; placedBy: string | null }>(
        'place a hold',
        PLACE,
        [tenantId, externalId, placedBy, instant(atMs)],
      );
      // Of two at once the second sees no row of the first, and both began at about this instant.
      return row && { externalId, placedAtMs: row.placedAtMs ?? atMs, placedBy: row.placedBy ?? placedBy };
    },
    async listHolds({ tenantId, cursor, limit }) {
      if (cursor !== undefined && !ULID.test(cursor)) {
        throw storageError('storage.cursor-invalid', 'Cannot list holds: the cursor is not one of ours');
      }
      const values = [tenantId, cursor ?? '', limit + 1];
      const rows = await database.run<LegalHold & { conversationId: string }>('list holds', LIST, values);
      const page = rows.slice(0, limit);
      return {
        items: page.map(({ externalId, placedAtMs, placedBy }) => ({ externalId, placedAtMs, placedBy })),
        nextCursor: rows.length > limit ? page.at(-1)?.conversationId : undefined,
      };
    },
    async liftHold(tenantId, externalId) {
      return (await database.run('lift a hold', LIFT, [tenantId, externalId])).length > 0;
    },
  };
}
