import type { Migration } from './migration.ts';

/**
 * Indexes that every message had to be entered in and that nothing asked. Pending rows of a lane are found by the
 * primary key. A webhook id is derived from the message and its endpoint, which the keys of `messages` and `lanes`
 * keep unique. Attempts are found by their delivery, whose id is unique among all tenants.
 */
export const leanDeliveries: Migration = {
  version: 17,
  name: 'lean-deliveries',
  sql: `
drop index deliveries_pending_of_lane;
alter table deliveries drop constraint deliveries_tenant_id_webhook_id_key;
alter table attempts drop constraint attempts_pkey;
alter table attempts add primary key (delivery_id, attempt);
drop index attempts_of_delivery;
`,
};
