import { FIRST_KEPT_DAY } from './export-expiry.ts';

/**
 * `spoken` hops from day to day along the index, one look-up a day, however many messages a day has. Every other look at
 * messages stops at the first one too: asked with `exists`, the server may prefer to read them all.
 * $1 last closed day, $2 first day that counts though nothing was said, $3 storing limit, $4 hours over, $5 limit, $6 now.
 */
export const LIST_DUE_EXPORTS = `with recursive kept as (
  select tenant_id, ${FIRST_KEPT_DAY('t.tenant_id', '$6::timestamptz')} as first_day,
    exports_gone_through as gone_through from tenants t
), spoken as (
  select t.tenant_id, (first.at at time zone 'UTC')::date as day
  from tenants t cross join lateral (
    select client_timestamp as at from messages where tenant_id = t.tenant_id order by client_timestamp limit 1
  ) first
  union all
  select s.tenant_id, (next.at at time zone 'UTC')::date
  from spoken s cross join lateral (
    select client_timestamp as at from messages
    where tenant_id = s.tenant_id and client_timestamp >= (s.day + 1)::timestamp at time zone 'UTC'
    order by client_timestamp limit 1
  ) next
  where s.day < $1::date
), beginning as (
  select tenant_id, greatest(min(day), $2::date) as day
  from (select tenant_id, day from spoken union all select tenant_id, day from export_days
    union all select tenant_id, gone_through + 1 from kept where gone_through is not null) known
  group by tenant_id
), wanted as (
  select tenant_id, day from spoken where day <= $1::date
  union
  select tenant_id, listed::date from beginning, generate_series(day::timestamp, $1::date, interval '1 day') listed
), late as (
  select d.tenant_id, d.day from export_days d cross join lateral (
    select from messages m where m.tenant_id = d.tenant_id
      and m.client_timestamp >= d.day::timestamp at time zone 'UTC'
      and m.client_timestamp < (d.day + 1)::timestamp at time zone 'UTC'
      and m.created_at - m.client_timestamp > interval '1 hour'
      and m.created_at >= d.closed_at and m.created_at < $3
    limit 1
  ) stored
  where d.closed_at is not null
), over as (
  select t.tenant_id, given.day, given.count
  from json_to_recordset($4::json) as given (day date, count smallint) cross join tenants t cross join lateral (
    select from messages m where m.tenant_id = t.tenant_id
      and m.client_timestamp >= given.day::timestamp at time zone 'UTC'
      and m.client_timestamp < (given.day + 1)::timestamp at time zone 'UTC'
    limit 1
  ) said
  where given.count > 0
), due as (
  select w.tenant_id, w.day from wanted w join kept k using (tenant_id) left join export_days d using (tenant_id, day)
  where d.closed_at is null and (w.day <= k.gone_through) is not true
  union
  select tenant_id, day from late
  union
  select tenant_id, day from export_days where rebuild_requested_at is not null
  union
  select o.tenant_id, o.day from over o left join export_days d using (tenant_id, day)
  where coalesce(d.hours_built, 0) < o.count
)
select due.tenant_id as "tenantId", due.day::text
from due join kept k using (tenant_id) left join export_days d using (tenant_id, day)
where due.day >= k.first_day and d.erasing is not true
  and (d.leased_until is null or d.leased_until <= clock_timestamp())
order by due.day, due.tenant_id limit $5`;
