import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';

/** Of an `auth` in which `$before` is bound: secrets that sign no more. */
const ENDED = `'$[*] ? (@.type == "signature").secrets[*] ? (@.untilMs < $before)'`;
const BOUND = `jsonb_build_object('before', $1::bigint)`;

/** The configuration and the secret go together: a rotation at the same time waits, and finds what is left. */
const FORGET = `with due as (
  select tenant_id, endpoint_id, auth from endpoints
  where jsonb_path_exists(auth, ${ENDED}, ${BOUND}) limit $3 for update skip locked
), ended as (
  select tenant_id, endpoint_id, secret ->> 'kind' as kind
  from due, jsonb_path_query(auth, ${ENDED}, ${BOUND}) as secret
), changed as (
  update endpoints e set updated_at = greatest($2::timestamptz, e.updated_at + interval '1 millisecond'), auth = (
    select jsonb_agg(case when config ->> 'type' = 'signature' then jsonb_set(config, '{secrets}', (
      select jsonb_agg(secret order by place) from jsonb_array_elements(config -> 'secrets') with ordinality as s (secret, place)
      where ((secret ->> 'untilMs')::bigint < $1) is not true
    )) else config end order by config_place)
    from jsonb_array_elements(e.auth) with ordinality as c (config, config_place)
  )
  from due where e.tenant_id = due.tenant_id and e.endpoint_id = due.endpoint_id
)
delete from endpoint_secrets s using ended
where s.tenant_id = ended.tenant_id and s.endpoint_id = ended.endpoint_id and s.kind = ended.kind returning 1`;

/** Answers the count of secrets that are gone. */
export async function forgetSigningSecrets(
  database: Database,
  { endedBeforeMs, atMs, limit }: { endedBeforeMs: number; atMs: number; limit: number },
): Promise<number> {
  const values = [endedBeforeMs, instant(atMs), limit];
  return (await database.run('forget signing secrets', FORGET, values)).length;
}
