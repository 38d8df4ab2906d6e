import { createCallStore } from './postgres/calls/call-store.ts';
import { createCircuitStore } from './postgres/endpoints/circuit-store.ts';
import { createConversationStore } from './postgres/messages/conversation-store.ts';
import { createDataKeyStore } from './postgres/accounts/data-key-store.ts';
import { openDatabase } from './postgres/database.ts';
import { createDeliveryReplays } from './postgres/deliveries/delivery-replays.ts';
import { createEndpointStore } from './postgres/endpoints/endpoint-store.ts';
import { createExportStore } from './postgres/exports/export-store.ts';
import { createKeyStore } from './postgres/accounts/key-store.ts';
import { createKinesisSourceStore } from './postgres/accounts/kinesis-source-store.ts';
import { createLaneStore } from './postgres/deliveries/lane-store.ts';
import { createLaneWaker } from './postgres/deliveries/lane-waker.ts';
import { createLiveMessageStore } from './postgres/messages/live-message-store.ts';
import { createMessageDays } from './postgres/messages/message-days.ts';
import { createMessageStore } from './postgres/messages/message-store.ts';
import { createNotificationListener } from './postgres/notification-listener.ts';
import { createOperationalEventStore } from './postgres/endpoints/operational-event-store.ts';
import { createRecordingStore } from './postgres/recordings/recording-store.ts';
import { createRedactionSettingsStore } from './postgres/settings/redaction-settings-store.ts';
import { createPartialsClaims } from './postgres/endpoints/partials-claims.ts';
import { createRetentionStore } from './postgres/retention/retention-store.ts';
import { createSpeechSettingsStore } from './postgres/settings/speech-settings-store.ts';
import { createTenantStore } from './postgres/accounts/tenant-store.ts';
import { createUtteranceStore } from './postgres/exports/utterance-store.ts';
import { createVocabularyStore } from './postgres/settings/vocabulary-store.ts';
import type { CallStore } from './stores/calls.ts';
import type { ConversationStore } from './stores/conversations.ts';
import type { DeliveryReplays } from './stores/delivery-replays.ts';
import type { CircuitStore } from './stores/circuits.ts';
import type { EndpointStore, PartialsClaims } from './stores/endpoints.ts';
import type { ExportStore } from './stores/exports.ts';
import type { DataKeyStore, KeyStore, KinesisSourceStore, TenantStore } from './stores/keys.ts';
import type { LaneStore } from './stores/lanes.ts';
import type { LiveMessageStore } from './stores/live-messages.ts';
import type { MessageDays } from './stores/message-days.ts';
import type { MessageStore } from './stores/messages.ts';
import type { Notifications } from './stores/notifications.ts';
import type { OperationalEventStore } from './stores/operational-events.ts';
import type { RecordingStore } from './stores/recordings.ts';
import type { RedactionSettingsStore } from './stores/redaction-settings.ts';
import type { RetentionStore } from './stores/retention.ts';
import type { SpeechSettingsStore } from './stores/speech-settings.ts';
import type { UtteranceStore } from './stores/utterances.ts';
import type { VocabularyStore } from './stores/vocabularies.ts';

const CONNECTIONS_MAX_DEFAULT = 10;
const CONNECTION_WAIT_MS_DEFAULT = 5000;
const STATEMENT_TIMEOUT_MS_DEFAULT = 10_000;
const LOCK_TIMEOUT_MS_DEFAULT = 5000;
const JOB_TIMEOUT_MS_DEFAULT = 120_000;
/** Nothing of ours waits for anything else inside a transaction. */
const IDLE_TRANSACTION_MS_MAX = 30_000;
/** Jobs that take long and requests that ask about their results. */
const JOB_CONNECTIONS_MAX = 4;
const WAKER_CONNECTIONS = 1;

export interface StorageOptions {
  /** `postgres://...`, PostgreSQL 14 or newer. */
  readonly databaseUrl: string;
  /**
   * Connections of this process, apart from the listening one, the notifying one, and up to 4 for statements under
   * `jobTimeoutMs`. Default 10.
   */
  readonly connectionsMax?: number;
  /** How long a call waits for a connection, also while one is made. Default 5000 ms. */
  readonly connectionWaitMsMax?: number;
  /** Limit of one statement. Default 10 000 ms. */
  readonly statementTimeoutMs?: number;
  /** Limit of one wait for a lock, of whatever statement. Default 5000 ms. */
  readonly lockTimeoutMs?: number;
  /** Limit of one statement of `exports`, `utterances` and `retention`, which go through whole days. Default 120 000 ms. */
  readonly jobTimeoutMs?: number;
  /**
   * Told of failures that no call can report: an idle connection broke, the listener lost its own, a wake-up was
   * lost. All are recovered from; default: nobody is told.
   */
  readonly onBackgroundError?: (error: Error) => void;
}

export interface Storage {
  readonly tenants: TenantStore;
  readonly keys: KeyStore;
  readonly kinesisSources: KinesisSourceStore;
  readonly dataKeys: DataKeyStore;
  readonly endpoints: EndpointStore;
  readonly partialsClaims: PartialsClaims;
  readonly calls: CallStore;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly messageDays: MessageDays;
  readonly liveMessages: LiveMessageStore;
  readonly lanes: LaneStore;
  readonly circuits: CircuitStore;
  readonly deliveryReplays: DeliveryReplays;
  readonly operationalEvents: OperationalEventStore;
  readonly vocabularies: VocabularyStore;
  readonly redactionSettings: RedactionSettingsStore;
  readonly speechSettings: SpeechSettingsStore;
  readonly retention: RetentionStore;
  readonly recordings: RecordingStore;
  readonly exports: ExportStore;
  readonly utterances: UtteranceStore;
  readonly notifications: Notifications;
  /** Throws when the database cannot answer within the statement timeout. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Connects at the first call, not here. Every method rejects with an `AppError`, see `StorageErrorCode`. */
export function createStorage(options: StorageOptions): Storage {
  const { databaseUrl, onBackgroundError = () => undefined } = options;
  const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS_DEFAULT;
  const open = (connectionsMax: number, timeoutMs = statementTimeoutMs) =>
    openDatabase({
      databaseUrl,
      connectionsMax,
      connectionWaitMsMax: options.connectionWaitMsMax ?? CONNECTION_WAIT_MS_DEFAULT,
      statementTimeoutMs: timeoutMs,
      lockTimeoutMs: options.lockTimeoutMs ?? LOCK_TIMEOUT_MS_DEFAULT,
      idleTransactionMsMax: IDLE_TRANSACTION_MS_MAX,
      onBackgroundError,
    });
  const database = open(options.connectionsMax ?? CONNECTIONS_MAX_DEFAULT);
  const jobs = open(JOB_CONNECTIONS_MAX, options.jobTimeoutMs ?? JOB_TIMEOUT_MS_DEFAULT);
  const waker = createLaneWaker(open(WAKER_CONNECTIONS), onBackgroundError);
  const listener = createNotificationListener({ databaseUrl, onBackgroundError });
  return {
    tenants: createTenantStore(database),
    keys: createKeyStore(database),
    kinesisSources: createKinesisSourceStore(database),
    dataKeys: createDataKeyStore(database),
    endpoints: createEndpointStore(database),
    partialsClaims: createPartialsClaims(database),
    calls: createCallStore(database, waker.wakeLanes),
    conversations: createConversationStore(database),
    messages: createMessageStore(database),
    messageDays: createMessageDays(jobs),
    liveMessages: createLiveMessageStore(database),
    lanes: createLaneStore(database),
    circuits: createCircuitStore(database),
    deliveryReplays: createDeliveryReplays(database),
    operationalEvents: createOperationalEventStore(database),
    vocabularies: createVocabularyStore(database),
    redactionSettings: createRedactionSettingsStore(database),
    speechSettings: createSpeechSettingsStore(database),
    retention: createRetentionStore(jobs),
    recordings: createRecordingStore(database),
    exports: createExportStore(jobs),
    utterances: createUtteranceStore(jobs),
    notifications: { listen: listener.listen, wakeLanes: waker.wakeLanes },
    async ping() {
      await database.run('ping the database', 'select 1', []);
    },
    async close() {
      await Promise.all([listener.close(), waker.close()]);
      await Promise.all([database.close(), jobs.close()]);
    },
  };
}
