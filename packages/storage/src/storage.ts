import type { CallStore } from './stores/calls.ts';
import type { EndpointStore } from './stores/endpoints.ts';
import type { DataKeyStore, KeyStore, KinesisSourceStore, TenantStore } from './stores/keys.ts';
import type { LaneStore } from './stores/lanes.ts';
import type { MessageStore } from './stores/messages.ts';
import type { Notifications } from './stores/notifications.ts';

export interface StorageOptions {
  /** `postgres://...`, PostgreSQL 14 or newer. */
  readonly databaseUrl: string;
  /** Connections of this process, the listening one apart. Default 10. */
  readonly connectionsMax?: number;
  /** Limit of one statement. Default 10 000 ms. */
  readonly statementTimeoutMs?: number;
}

export interface Storage {
  readonly tenants: TenantStore;
  readonly keys: KeyStore;
  readonly kinesisSources: KinesisSourceStore;
  readonly dataKeys: DataKeyStore;
  readonly endpoints: EndpointStore;
  readonly calls: CallStore;
  readonly messages: MessageStore;
  readonly lanes: LaneStore;
  readonly notifications: Notifications;
  /** Throws when the database cannot answer within the statement timeout. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function createStorage(options: StorageOptions): Storage {
  throw new Error(`Cannot open ${options.databaseUrl.length} yet`);
}
