import type { Migration } from './migration.ts';

/**
 * Messages lie in one table for each UTC day on which their conversations began, so that a day all of which has expired
 * is dropped. The id of a conversation begins with its instant (ULID), and is part of every key and of nearly every
 * look-up: uniqueness holds as before, and a conversation is read and erased in one of the tables.
 *
 * What is stored already becomes the table of all days until the next midnight: it is read once to see that it belongs
 * there, and not copied, but for conversations filed with an instant of a later day. The next days are made here,
 * those after them by who enforces retention; `messages_rest` takes what has no day.
 */
export const messageDays: Migration = {
  version: 18,
  name: 'message-days',
  sql: `
lock table conversations in share row exclusive mode;
lock table messages in access exclusive mode;

alter table messages rename to messages_before;
alter index messages_pkey rename to messages_before_pkey;
alter index messages_in_order rename to messages_before_in_order;
alter index messages_of_day rename to messages_before_of_day;
alter index messages_late rename to messages_before_late;

create table messages (like messages_before including defaults) partition by range (conversation_id);
alter table messages add primary key (tenant_id, conversation_id, message_id);
create index messages_in_order
  on messages (tenant_id, conversation_id, client_timestamp, role_order, message_id);
create index messages_of_day on messages (tenant_id, client_timestamp, message_id, conversation_id);
create index messages_late on messages (tenant_id, client_timestamp)
  where created_at - client_timestamp > interval '1 hour';
create table messages_rest partition of messages default;

do $$
declare
  midnight timestamp := date_trunc('day', now() at time zone 'UTC') + interval '1 day';
  bounds text[];
begin
  -- The time of a ULID: ten digits of base 32.
  select array_agg(bound order by day) into bounds from (
    select day, string_agg(
      substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((extract(epoch from day) * 1000)::bigint >> shift & 31)::integer + 1, 1),
      '' order by shift desc) as bound
    from generate_series(0, 3) plus cross join lateral (select midnight + plus * interval '1 day' as day) days
    cross join generate_series(0, 45, 5) shift
    group by day
  ) encoded;
  for plus in 0..2 loop
    execute format('create table %I partition of messages for values from (%L) to (%L)',
      'messages_' || to_char(midnight + plus * interval '1 day', 'YYYYMMDD'), bounds[plus + 1], bounds[plus + 2]);
  end loop;
  execute format('with later as (delete from messages_before where conversation_id >= %L returning *)
    insert into messages select * from later', bounds[1]);
  execute format('alter table messages attach partition messages_before for values from (minvalue) to (%L)', bounds[1]);
  execute format('alter table messages_before rename to %I', 'messages_before_' || to_char(midnight, 'YYYYMMDD'));
end $$;

alter table messages add foreign key (tenant_id, conversation_id) references conversations on delete cascade;
`,
};
