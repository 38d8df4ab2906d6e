import type { Migration } from './migration.ts';

/**
 * Attempts go with their deliveries as a set, whatever deletes those, instead of one by one. They are written only in the
 * statement that holds their delivery's row, so that looking it up once more for a foreign key tells nothing. The
 * function sees what was committed before the deliveries were deleted, and after it no attempt finds its delivery. Its plan
 * is kept for as long as a connection, so it may only be one that looks each delivery up.
 */
export const attemptsFollow: Migration = {
  version: 19,
  name: 'attempts-follow',
  sql: `
lock table deliveries, attempts in access exclusive mode;
alter table attempts drop constraint attempts_delivery_id_fkey;
create function delete_attempts() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  delete from attempts a using gone where a.delivery_id = gone.delivery_id;
  return null;
end $$;
create trigger deliveries_take_attempts after delete on deliveries referencing old table as gone
  for each statement execute function delete_attempts();
`,
};
