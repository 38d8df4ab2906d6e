import { withCheckedAnswers } from '@earshot/api/testing';
import { createEgressPolicy, type Scope } from '@earshot/auth';
import type { EngineList, EngineOffer } from '@earshot/config';
import { fakeKey } from '@earshot/http/testing';
import type { CallSessionJob } from '@earshot/queues';
import { createLogger, createMetrics } from '@earshot/telemetry';
import type { Clock } from '@earshot/domain';
import { createGatewayApp, type GatewayDeps } from '../app.ts';
import type { CircuitState } from '../endpoints/present-endpoint.ts';
import { watchSessionEnds } from '../streaming/session-end-watch.ts';
import { createMemoryCalls } from './memory-calls.ts';
import { createMemoryEndpoints } from './memory-endpoints.ts';
import { createMemoryKeys } from './memory-keys.ts';
import { createMemorySpeechSettings } from './memory-speech-settings.ts';
import { createMemoryRedactionSettings, failingRedactionSettings } from './memory-redaction-settings.ts';
import { createMemoryVocabularies, failingVocabularies } from './memory-vocabularies.ts';

export const START = '/mg-autotranscribe/v1/start-streaming';
export const STOP = '/mg-autotranscribe/v1/stop-streaming';
export const ENDPOINTS = '/earshot/v1/endpoints';
export const KEYS = '/earshot/v1/keys';
export const REDACTION_ENTITIES = '/configuration/v1/redaction-entities';
export const REDACTION_POLICY = '/earshot/v1/redaction-policy';
export const VOCABULARIES = '/configuration/v1/custom-vocabularies';
export const SPEECH_SETTINGS = '/earshot/v1/speech-settings';
export const GUID = '8c259fea-8764-4a92-adc4-73572e9cf016';
export const ACCEPTED_AT_MS = Date.UTC(2026, 10, 23, 12);

/** The request of the guide's example. */
export const GUIDE_START = {
  namespace: 'amazonconnect',
  guid: GUID,
  customerId: 'TT9833237',
  agentId: 'RE223444211993',
  autotranscribeParams: { language: 'en-US' },
  amazonConnectParams: {
    streamArn:
      'arn:aws:kinesisvideo:us-east-1:145051540001:stream/streamtest-connect-asappconnect-contact-cccaa6b8-12e4-44a6-90d5-829c4fdf68e4/1696422764859',
    startSelectorType: 'NOW',
  },
};
export const GUIDE_STOP = { namespace: 'amazonconnect', guid: GUID };

/** Counts of the guide's stop response. */
export const GUIDE_COUNTS = {
  customer: { audioBytes: 1_334_720, transcripts: 2 },
  agent: { audioBytes: 1_334_720, transcripts: 2 },
};

export const TWO_ENGINES: EngineList<EngineOffer> = [
  { engine: 'moonshine', languages: ['en-US'] },
  { engine: 'deepgram', languages: ['en-US', 'es-US'] },
];

export interface GatewaySettings {
  readonly scopes?: readonly Scope[];
  readonly stopTimeoutMs?: number;
  readonly forceRedaction?: boolean;
  readonly requestsPerSecond?: number;
  readonly egressAllow?: readonly string[];
  readonly startFails?: Error;
  readonly stopFails?: Error;
  readonly queueFails?: Error;
  readonly notReady?: Error;
  /** What every call of the store of redaction settings rejects with. */
  readonly redactionFails?: Error;
  /** What every call of the vocabulary store rejects with. */
  readonly vocabulariesFail?: Error;
  readonly engines?: EngineList<EngineOffer>;
  readonly circuits?: ReadonlyMap<string, CircuitState>;
  readonly clock?: Clock;
}

/** The gateway's routes over stores in memory; tenant `tenant-1` may listen to account 145051540001. */
export async function gatewayUnderTest(settings: GatewaySettings = {}) {
  const key = fakeKey(...(settings.scopes ?? ['stream:write', 'webhooks:admin']));
  const calls = createMemoryCalls();
  const endpoints = createMemoryEndpoints();
  const keys = createMemoryKeys();
  const vocabularies = createMemoryVocabularies();
  const redactionSettings = createMemoryRedactionSettings();
  const redactionStore =
    settings.redactionFails === undefined
      ? redactionSettings
      : failingRedactionSettings(settings.redactionFails);
  const speechSettings = createMemorySpeechSettings();
  const engines = settings.engines ?? [{ engine: 'moonshine', languages: ['en-US'] }];
  const refused = settings.vocabulariesFail;
  const queued: CallSessionJob[] = [];
  const lines: string[] = [];
  const woken: string[] = [];
  const logger = createLogger({ app: 'gateway', write: (line) => void lines.push(line) });
  const clock = settings.clock ?? { now: () => ACCEPTED_AT_MS };
  const sessionEnds = await watchSessionEnds({
    async listen(_channel, onNotify) {
      calls.onEnd.add(onNotify);
      return async () => void calls.onEnd.delete(onNotify);
    },
  });
  const deps: GatewayDeps = {
    logger,
    metrics: createMetrics('gateway'),
    clock,
    keys: {
      ...key.lookup,
      findKey: async (apiId) => (await keys.find(apiId)) ?? (await key.lookup.findKey(apiId)),
    },
    rateLimit: { requestsPerSecond: settings.requestsPerSecond ?? 1000 },
    checkReady: async () => {
      if (settings.notReady !== undefined) throw settings.notReady;
    },
    start: {
      redactionSettings: redactionStore,
      calls: {
        async startSession(input) {
          if (settings.startFails !== undefined) throw settings.startFails;
          return await calls.startSession(input);
        },
      },
      kinesisSources: {
        find: async (tenantId, accountId) =>
          accountId === '145051540001'
            ? { tenantId, accountId, roleArn: undefined, externalId: undefined }
            : undefined,
      },
      callSessions: {
        async add(job) {
          if (settings.queueFails !== undefined) throw settings.queueFails;
          queued.push(job);
        },
      },
      speechSettings,
      rules: { engines, forceRedaction: settings.forceRedaction ?? false },
      clock,
      logger,
    },
    stop: {
      calls: {
        ...calls,
        async requestStop(input) {
          if (settings.stopFails !== undefined) throw settings.stopFails;
          return await calls.requestStop(input);
        },
      },
      sessionEnds,
      stopTimeoutMs: settings.stopTimeoutMs ?? 10_000,
      clock,
      logger,
    },
    calls,
    speech: { speechSettings, engines, clock },
    vocabularies: refused === undefined ? vocabularies : failingVocabularies(refused),
    redaction: {
      redactionSettings: redactionStore,
      forced: settings.forceRedaction ?? false,
      clock,
    },
    apiKeys: { keys, hashSecret: key.lookup.hashSecret, clock },
    endpoints: {
      endpoints,
      wake: async (_tenantId, endpointId) => void woken.push(endpointId),
      readCircuits: async () => settings.circuits ?? new Map(),
      seal: async (tenantId, recordId, text) => Buffer.from(`sealed ${tenantId} ${recordId} ${text.length}`),
      egress: createEgressPolicy({ allowCidrs: settings.egressAllow ?? [] }),
      clock,
    },
  };
  const app = withCheckedAnswers(createGatewayApp(deps));
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    await app.request(path, {
      method,
      headers: { ...key.headers, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    app,
    calls,
    endpoints,
    keys,
    speechSettings,
    vocabularies,
    redactionSettings,
    queued,
    lines,
    woken,
    key,
    send,
    post: (path: string, body: unknown, headers?: Record<string, string>) =>
      send('POST', path, body, headers),
    get: (path: string) => send('GET', path),
    delete: (path: string) => send('DELETE', path),
  };
}

export type GatewayUnderTest = Awaited<ReturnType<typeof gatewayUnderTest>>;
