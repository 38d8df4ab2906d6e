import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@earshot/domain';
import type { Logger } from '@earshot/telemetry';
import type { CallMediaSource } from './call-media.ts';
import { KinesisConnector, type KinesisConnectorOptions } from './kinesis-connector.ts';
import { OpenCalls } from './open-calls.ts';
import { readCall, type ReadCallDeps } from './read-call.ts';
import type { AssumedRole } from './role-credentials.ts';

export interface CallMediaSourceOptions {
  /** For streams whose ARN tells no region. */
  readonly region?: string;
  /** `KVS_ENDPOINT_URL`: another Kinesis Video Streams than that of AWS. */
  readonly endpointUrl?: string;
  /** Another Security Token Service than that of AWS, to assume roles. */
  readonly stsEndpointUrl?: string;
  /** Default: the AWS default chain (environment, web identity, profile, container, instance). */
  readonly credentials?: NonNullable<KinesisConnectorOptions['credentials']>;
  /** Role to read a stream with; `undefined`: with the own credentials. */
  readonly assumeRole?: (streamArn: string) => AssumedRole | undefined;
  /** Bodies open at once per host; one more waits: more than there are calls. Default 12,000. */
  readonly socketsMax?: number;
  /** Failing to open for this long throws. Default 30 s: Amazon Connect creates streams as calls need them. */
  readonly openRetryMsMax?: number;
  /** No new media for this long ends the call with `media-ended`. Default 300 s. */
  readonly mediaIdleMsMax?: number;
  /** As long as that without new media, while the service keeps ending bodies in order. Default 60 s. */
  readonly endedIdleMsMax?: number;
  /** A body without a byte for this long is opened again. Default 15 s. */
  readonly bodyIdleMsMax?: number;
  /** A start without a byte for this long is tried at another place. Default 5 s. */
  readonly startSilenceMsMax?: number;
  /** Largest Matroska element, bytes; a larger one is skipped and told as damage. Default 4 MiB. */
  readonly elementBytesMax?: number;
  readonly logger: Logger;
  /** Default: the system's monotonic clock. */
  readonly clock?: Clock;
  /** Between 0 and 1, for the jitter of pauses. Default `Math.random`. */
  readonly random?: () => number;
}

const SECOND_MS = 1000;
const MIB = 1024 * 1024;

/** Idle times must not jump when the wall clock is set. */
const monotonicClock: Clock = { now: () => performance.timeOrigin + performance.now() };

/** Makes the one source of live calls of a process. */
export function createCallMediaSource(options: CallMediaSourceOptions): CallMediaSource {
  const { region, endpointUrl, stsEndpointUrl, credentials, clock = monotonicClock } = options;
  const { assumeRole = () => undefined, socketsMax = 12_000 } = options;
  const access = { region, endpointUrl, stsEndpointUrl, credentials, assumeRole };
  const connector = new KinesisConnector({ ...access, socketsMax, clock });
  const openCalls = new OpenCalls();
  const deps: ReadCallDeps = {
    openCalls,
    connector,
    clock,
    random: options.random ?? Math.random,
    sleep,
    logger: options.logger,
    limits: {
      openRetryMsMax: options.openRetryMsMax ?? 30 * SECOND_MS,
      mediaIdleMsMax: options.mediaIdleMsMax ?? 300 * SECOND_MS,
      bodyIdleMsMax: options.bodyIdleMsMax ?? 15 * SECOND_MS,
      endedIdleMsMax: options.endedIdleMsMax ?? 60 * SECOND_MS,
      startSilenceMsMax: options.startSilenceMsMax ?? 5 * SECOND_MS,
      elementBytesMax: options.elementBytesMax ?? 4 * MIB,
    },
  };
  return {
    open: (request) => readCall(deps, request),
    close: async () => {
      openCalls.close();
      connector.close();
    },
  };
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
