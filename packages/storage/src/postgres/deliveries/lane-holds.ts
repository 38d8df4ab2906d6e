import type { LaneKey } from '../../stores/calls.ts';
import type { LaneStore } from '../../stores/lanes.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { hidden } from '../hidden-lengths.ts';
import { shareStatements } from '../share-statements.ts';

type LaneHolds = Pick<LaneStore, 'hold' | 'release' | 'defer' | 'endDeferrals' | 'listUnheld'>;

interface Hold {
  readonly lane: LaneKey;
  readonly holder: string;
  readonly heldUntilMs: number;
}

/** A process renews hundreds of holds a second; each of them alone would be a transaction that waits for the disk. */
const HOLDS_PER_STATEMENT_MAX = 200;
const HOLD_WAIT_MS = 2;

/** A lane without a row (its endpoint was deleted) cannot be held, and nothing is left to do when it is released. */
export function createLaneHolds(database: Database): LaneHolds {
  const hold = shareStatements({
    waitMs: HOLD_WAIT_MS,
    countMax: HOLDS_PER_STATEMENT_MAX,
    keyOf: ({ lane }: Hold) => keyOf(lane).join('\n'),
    run: (holds: readonly Hold[]) => holdAll(database, holds),
  });
  return {
    hold: (lane, holder, heldUntilMs) => hold({ lane, holder, heldUntilMs }),
    release: (lane, holder) => release(database, lane, holder),
    async defer(lane, holder, untilMs) {
      await database.run('defer a lane', DEFER, [...keyOf(lane), holder, instant(untilMs)]);
    },
    async endDeferrals(tenantId, endpointId) {
      await database.run('end the deferrals of an endpoint', END_DEFERRALS, [tenantId, endpointId]);
    },
    listUnheld: ({ pendingBeforeMs, nowMs, limit }) =>
      database.run<LaneKey>('list lanes nobody holds', UNHELD, [
        instant(pendingBeforeMs),
        instant(nowMs),
        limit,
      ]),
  };
}

/**
 * Whether a hold has run out is asked of the database's clock, which the commits read too. Who holds a lane decides
 * anew when it is to be looked at again. Rows are locked in one order, that of the commits, so that nobody waits for
 * each other.
 */
const HOLD = {
  name: 'hold-lanes',
  text: `with free as (
  select l.tenant_id, l.endpoint_id, l.conversation_id, wanted.place, wanted.holder, wanted.held_until
  from unnest(${hidden('$1::text[]', '$2::text[]', '$3::text[]', '$4::text[]', '$5::timestamptz[]')}) with ordinality
    as wanted (tenant_id, endpoint_id, conversation_id, holder, held_until, place)
  join lanes l using (tenant_id, endpoint_id, conversation_id)
  where l.held_by is null or l.held_by = wanted.holder or l.held_until <= clock_timestamp()
  order by l.conversation_id, l.endpoint_id
  for no key update of l
)
update lanes l set held_by = free.holder, held_until = free.held_until, next_attempt_at = null
from free
where l.tenant_id = free.tenant_id and l.endpoint_id = free.endpoint_id
  and l.conversation_id = free.conversation_id
returning free.place`,
};

/** Whether each is held now, in their order. */
async function holdAll(database: Database, holds: readonly Hold[]): Promise<boolean[]> {
  const rows = await database.run<{ place: number }>('hold lanes', HOLD, [
    holds.map(({ lane }) => lane.tenantId),
    holds.map(({ lane }) => lane.endpointId),
    holds.map(({ lane }) => lane.conversationId),
    holds.map(({ holder }) => holder),
    holds.map(({ heldUntilMs }) => instant(heldUntilMs)),
  ]);
  const places = new Set(rows.map(({ place }) => place));
  return holds.map((_hold, index) => places.has(index + 1));
}

/**
 * A commit and a release meet at the lane's row. The look for pending rows is a statement of its own, after the
 * lock: whatever a commit before us inserted is seen by it, and a commit after us finds the lane given up. `state < 1`
 * as in the reading of pending rows.
 */
async function release(database: Database, lane: LaneKey, holder: string): Promise<boolean> {
  return database.transaction('release a lane', async (session) => {
    const mine = await session.rows(
      `select from lanes where tenant_id = $1 and endpoint_id = $2 and conversation_id = $3 and held_by = $4
       for no key update`,
      [...keyOf(lane), holder],
    );
    if (mine.length === 0) return true;
    const released = await session.rows(
      `update lanes set held_by = null, held_until = null
       where tenant_id = $1 and endpoint_id = $2 and conversation_id = $3 and not exists (
         select from deliveries where tenant_id = $1 and endpoint_id = $2 and conversation_id = $3 and state < 1)
       returning 1`,
      keyOf(lane),
    );
    return released.length > 0;
  });
}

const DEFER = {
  name: 'defer-lane',
  text: `update lanes set held_by = null, held_until = null, next_attempt_at = $5
    where tenant_id = $1 and endpoint_id = $2 and conversation_id = $3 and held_by = $4`,
};

const END_DEFERRALS = `update lanes set next_attempt_at = null
where tenant_id = $1 and endpoint_id = $2 and next_attempt_at is not null`;

/** A lane of a realtime endpoint is named though it is paused, so that what grows too old is dropped. */
const UNHELD = `select l.tenant_id as "tenantId", l.endpoint_id as "endpointId", l.conversation_id as "conversationId"
from (
  select tenant_id, endpoint_id, conversation_id, min(created_at) as pending_since from deliveries
  where state = 0 and created_at < $1
  group by tenant_id, endpoint_id, conversation_id
) d join lanes l using (tenant_id, endpoint_id, conversation_id)
join endpoints e using (tenant_id, endpoint_id)
where (l.held_until is null or l.held_until <= $2) and (l.next_attempt_at is null or l.next_attempt_at <= $2)
  and (e.paused_at is null or e.policy = 'realtime')
order by d.pending_since limit $3`;

function keyOf(lane: LaneKey): [string, string, string] {
  return [lane.tenantId, lane.endpointId, lane.conversationId];
}
