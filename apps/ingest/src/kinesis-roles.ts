import type { AssumedRole } from '@earshot/connect-media';
import type { KinesisSourceStore } from '@earshot/storage';

const ARN_ACCOUNT = 4;

/** The roles with which the streams of calls under way are read: the ones their tenants have registered. */
export interface KinesisRoles {
  /** Reads the tenant's source for the stream's account; to be called before the stream is opened. */
  learn(tenantId: string, streamArn: string): Promise<void>;
  /** `undefined`: the process's own credentials. */
  of(streamArn: string): AssumedRole | undefined;
  forget(streamArn: string): void;
}

export function createKinesisRoles(sources: Pick<KinesisSourceStore, 'find'>): KinesisRoles {
  const roles = new Map<string, { role: AssumedRole; users: number }>();
  return {
    async learn(tenantId, streamArn) {
      const source = await sources.find(tenantId, streamArn.split(':')[ARN_ACCOUNT] ?? '');
      if (source?.roleArn === undefined) return;
      const role = {
        roleArn: source.roleArn,
        ...(source.externalId === undefined ? {} : { externalId: source.externalId }),
      };
      roles.set(streamArn, { role, users: (roles.get(streamArn)?.users ?? 0) + 1 });
    },
    of: (streamArn) => roles.get(streamArn)?.role,
    forget(streamArn) {
      const known = roles.get(streamArn);
      if (known === undefined) return;
      if (known.users <= 1) roles.delete(streamArn);
      else roles.set(streamArn, { ...known, users: known.users - 1 });
    },
  };
}
