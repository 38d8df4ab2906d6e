import type {
  Call,
  ConversationMessage,
  DeliveryPage,
  Health,
  ListDeliveriesQuery,
  PutSpeechSettingsBody,
  SpeechSettings,
  paths,
  StartStreamingBody,
  StartStreamingResponse,
  StopStreamingBody,
  StopStreamingResponse,
} from '@earshot/api';
import createClient from 'openapi-fetch';
import { conversationCalls, type ConversationCalls } from './conversation-calls.ts';
import { deliveryCalls, type DeliveryCalls } from './delivery-calls.ts';
import { endpointCalls, type EndpointCalls } from './endpoint-calls.ts';
import { eventCalls, type EventCalls } from './event-calls.ts';
import { exportCalls, type ExportCalls } from './export-calls.ts';
import { fetchWithRetries, wait } from './fetch-with-retries.ts';
import { followCall, type FollowEvent, type FollowOptions } from './follow-call.ts';
import { keyCalls, type KeyCalls } from './key-calls.ts';
import { recordingCalls, type RecordingCalls } from './recording-calls.ts';
import { redactionCalls, type RedactionCalls } from './redaction-calls.ts';
import { retentionCalls, type RetentionCalls } from './retention-calls.ts';
import type { Fetch } from './try-once.ts';
import { unwrap } from './unwrap.ts';
import { vocabularyCalls, type VocabularyCalls } from './vocabulary-calls.ts';
import { collectMessages } from './collect-messages.ts';

export interface EarshotClientOptions {
  /** Where Earshot answers, for example `http://localhost:8080`. */
  readonly baseUrl: string;
  readonly apiId: string;
  readonly apiSecret: string;
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch;
  /** Limit of one try. Default 10 000 ms; a stop may take 5 s. */
  readonly timeoutMs?: number;
  /** Waits between tries; for tests. */
  readonly delay?: (durationMs: number) => Promise<void>;
  /** ms since the epoch, read for a `Retry-After` that is a date; for tests. */
  readonly now?: () => number;
}

/** Every method rejects with `EarshotApiError` when the call is not fulfilled. */
export interface EarshotClient {
  startStreaming(body: StartStreamingBody): Promise<StartStreamingResponse>;
  stopStreaming(body: StopStreamingBody): Promise<StopStreamingResponse>;
  /** All messages of the conversation, over all pages. */
  listMessages(query: { readonly externalId: string }): Promise<readonly ConversationMessage[]>;
  getCall(guid: string): Promise<Call>;
  readonly calls: RecordingCalls & {
    /**
     * What is said in a call, as it is said: first every message so far. Reconnects by itself; a message comes once. Ends
     * when no session of the call is running any more.
     */
    follow(guid: string, options?: FollowOptions): AsyncIterable<FollowEvent>;
  };
  readonly conversations: ConversationCalls;
  readonly endpoints: EndpointCalls;
  readonly keys: KeyCalls;
  readonly deliveries: DeliveryCalls;
  readonly events: EventCalls;
  /** As `deliveries.list`. */
  listDeliveries(query?: ListDeliveriesQuery): Promise<DeliveryPage>;
  readonly exports: ExportCalls;
  readonly redaction: RedactionCalls;
  readonly retention: RetentionCalls;
  readonly vocabulary: VocabularyCalls;
  readonly speechSettings: {
    get(): Promise<SpeechSettings>;
    /** For calls that start from then on; `engine: null` goes back to the default of the deployment. */
    put(body: PutSpeechSettingsBody): Promise<SpeechSettings>;
  };
  health(): Promise<Health>;
}

const TIMEOUT_MS = 10_000;

export function createEarshotClient(options: EarshotClientOptions): EarshotClient {
  const { baseUrl, apiId, apiSecret, timeoutMs = TIMEOUT_MS, delay = wait, now = Date.now } = options;
  const fetch = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const credentials = { 'earshot-api-id': apiId, 'earshot-api-secret': apiSecret };
  const api = createClient<paths>({
    baseUrl,
    fetch: fetchWithRetries({ fetch, timeoutMs, delay, now }),
    headers: credentials,
    // A redirect would carry the secret to another host.
    redirect: 'error',
  });
  const connection = { baseUrl, headers: credentials, fetch, timeoutMs, delay };
  const deliveries = deliveryCalls(api);
  return {
    startStreaming: async (body) => await unwrap(api.POST('/mg-autotranscribe/v1/start-streaming', { body })),
    stopStreaming: async (body) => await unwrap(api.POST('/mg-autotranscribe/v1/stop-streaming', { body })),
    listMessages: async ({ externalId }) =>
      await collectMessages(async (page) => {
        const query = { externalId, ...page };
        return await unwrap(api.GET('/conversation/v1/conversation/messages', { params: { query } }));
      }),
    getCall: async (guid) =>
      await unwrap(api.GET('/earshot/v1/calls/{guid}', { params: { path: { guid } } })),
    calls: {
      ...recordingCalls(api, connection),
      follow: (guid, following) => followCall(connection, guid, following),
    },
    conversations: conversationCalls(api),
    endpoints: endpointCalls(api),
    keys: keyCalls(api),
    deliveries,
    events: eventCalls(api, { delay }),
    listDeliveries: deliveries.list,
    exports: exportCalls(api, { fetch, timeoutMs, delay }),
    redaction: redactionCalls(api),
    retention: retentionCalls(api),
    vocabulary: vocabularyCalls(api),
    speechSettings: {
      get: async () => await unwrap(api.GET('/earshot/v1/speech-settings')),
      put: async (body) => await unwrap(api.PUT('/earshot/v1/speech-settings', { body })),
    },
    health: async () => await unwrap(api.GET('/v1/health')),
  };
}
