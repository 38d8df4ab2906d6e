import type { Clock } from '@earshot/domain';
import type { Logger } from '@earshot/telemetry';
import type { CallMediaEvent, CallMediaRequest, CallMediaSource } from './call-media.ts';
import { KinesisConnector, type AssumedRole, type KinesisConnectorOptions } from './kinesis-connector.ts';
import { mediaError } from './media-trouble.ts';
import { readCall, type ReadCallDeps } from './read-call.ts';

export interface CallMediaSourceOptions {
  /** For streams whose ARN tells no region. */
  readonly region?: string;
  /** `KVS_ENDPOINT_URL`: another Kinesis Video Streams than that of AWS. */
  readonly endpointUrl?: string;
  /** Default: the AWS default chain (environment, web identity, profile, container, instance). */
  readonly credentials?: NonNullable<KinesisConnectorOptions['credentials']>;
  /** Role to read a stream with; `undefined`: with the own credentials. */
  readonly assumeRole?: (streamArn: string) => AssumedRole | undefined;
  /** Bodies open at once per host; one more waits. Default 500. */
  readonly socketsMax?: number;
  /** Failing to open for this long throws. Default 30 s: Amazon Connect creates streams as calls need them. */
  readonly openRetryMsMax?: number;
  /** No new media for this long ends the call with `media-ended`. Default 300 s. */
  readonly mediaIdleMsMax?: number;
  /** A body without a byte for this long is opened again. Default 40 s. */
  readonly bodyIdleMsMax?: number;
  /** A start without a byte for this long is tried at another place. Default 5 s. */
  readonly startSilenceMsMax?: number;
  /** Largest Matroska element, bytes; a larger one is skipped and told as damage. Default 4 MiB. */
  readonly elementBytesMax?: number;
  readonly logger: Logger;
  /** Default: the system's monotonic clock. */
  readonly clock?: Clock;
}

const SECOND_MS = 1000;
const MIB = 1024 * 1024;

/** Idle times must not jump when the wall clock is set. */
const monotonicClock: Clock = { now: () => performance.timeOrigin + performance.now() };

/** Makes the one source of live calls of a process. */
export function createCallMediaSource(options: CallMediaSourceOptions): CallMediaSource {
  const { region, endpointUrl, credentials, assumeRole = () => undefined, socketsMax = 500 } = options;
  const connector = new KinesisConnector({ region, endpointUrl, credentials, assumeRole, socketsMax });
  const closing = new AbortController();
  const deps: ReadCallDeps = {
    connector,
    clock: options.clock ?? monotonicClock,
    logger: options.logger,
    limits: {
      openRetryMsMax: options.openRetryMsMax ?? 30 * SECOND_MS,
      mediaIdleMsMax: options.mediaIdleMsMax ?? 300 * SECOND_MS,
      bodyIdleMsMax: options.bodyIdleMsMax ?? 40 * SECOND_MS,
      startSilenceMsMax: options.startSilenceMsMax ?? 5 * SECOND_MS,
      elementBytesMax: options.elementBytesMax ?? 4 * MIB,
    },
  };
  return {
    open: (request) => openCall(deps, request, closing.signal),
    close: async () => {
      closing.abort(mediaError('media.closed', 'Cannot read media: the source was closed'));
      connector.close();
    },
  };
}

async function* openCall(
  deps: ReadCallDeps,
  request: CallMediaRequest,
  closing: AbortSignal,
): AsyncGenerator<CallMediaEvent, void, undefined> {
  yield* readCall(deps, { ...request, signal: AbortSignal.any([request.signal, closing]) });
}
