import type { KinesisSource, KinesisSourceStore } from '../../stores/keys.ts';
import type { Database } from '../database.ts';

interface KinesisSourceRow {
  tenant_id: string;
  account_id: string;
  role_arn: string | null;
  external_id: string | null;
}

export function createKinesisSourceStore(database: Database): KinesisSourceStore {
  return {
    async find(tenantId, accountId) {
      const [row] = await database.run<KinesisSourceRow>(
        'find a Kinesis source',
        `select tenant_id, account_id, role_arn, external_id from kinesis_sources
         where tenant_id = $1 and account_id in ($2, '*') order by account_id = '*' limit 1`,
        [tenantId, accountId],
      );
      return row && toKinesisSource(row);
    },
    async put(source) {
      await database.run(
        'put a Kinesis source',
        `insert into kinesis_sources (tenant_id, account_id, role_arn, external_id) values ($1, $2, $3, $4)
         on conflict (tenant_id, account_id) do update
         set role_arn = excluded.role_arn, external_id = excluded.external_id`,
        [source.tenantId, source.accountId, source.roleArn ?? null, source.externalId ?? null],
      );
    },
  };
}

function toKinesisSource(row: KinesisSourceRow): KinesisSource {
  return {
    tenantId: row.tenant_id,
    accountId: row.account_id,
    roleArn: row.role_arn ?? undefined,
    externalId: row.external_id ?? undefined,
  };
}
