import type { PartialsClaim, PartialsClaims } from '../../stores/endpoints.ts';
import type { Database } from '../database.ts';

/** Whether a claim has run out is asked of the database's clock. Rows another process claims right now are passed over. */
const CLAIM = {
  name: 'claim-partials',
  text: `with free as (
    select tenant_id, endpoint_id from endpoints
    where partials and enabled and state_reason is null and paused_at is null and not operational_events
      and (partials_held_by is null or partials_held_by = $1 or partials_held_until <= clock_timestamp())
    order by tenant_id, endpoint_id limit $3
    for no key update skip locked
  )
  update endpoints e set partials_held_by = $1,
    partials_held_until = clock_timestamp() + $2 * interval '1 millisecond'
  from free where e.tenant_id = free.tenant_id and e.endpoint_id = free.endpoint_id
  returning e.tenant_id as "tenantId", e.app_id as "appId", e.endpoint_id as "endpointId"`,
};

const RELEASE = `update endpoints set partials_held_by = null, partials_held_until = null
  where partials and partials_held_by = $1`;

export function createPartialsClaims(database: Database): PartialsClaims {
  return {
    claim: ({ holder, holdMs, limit }) =>
      database.run<PartialsClaim>('claim the partials of endpoints', CLAIM, [holder, holdMs, limit]),
    async release(holder) {
      await database.run('release the partials of endpoints', RELEASE, [holder]);
    },
  };
}
