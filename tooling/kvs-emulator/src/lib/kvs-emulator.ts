import { createServer } from 'node:http';
import { systemClock, type Clock } from '@earshot/domain';
import { CallRates } from './call-rates.ts';
import type { RequireCredentials } from './caller-credentials.ts';
import { passThrough, type Intercept } from './emulated-call.ts';
import { emulatedOperations } from './emulated-operations.ts';
import type { FaultPlan } from './faults/fault.ts';
import type { FaultStrike } from './faults/fault-log.ts';
import { FaultPlans } from './faults/fault-plans.ts';
import { listen } from './listen.ts';
import { storedFragmentsOf, type StoredFragmentInfo } from './stored-fragment-info.ts';
import { serveRequest } from './serve-request.ts';
import { StreamRegistry } from './stream-registry.ts';
import type { IdentityPosition } from './video-stream.ts';

export interface KvsEmulatorOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Appears in stream ARNs. Default `us-east-1`. */
  readonly region?: string;
  /** Appears in stream ARNs. Default `123456789012`. */
  readonly accountId?: string;
  /** Where identity tags stand in streams created without the tag `earshot:identity`. Default `both`. */
  readonly identity?: IdentityPosition;
  /** PCM kept per stream, bytes; the oldest fragments go first. Default 200 MB (209715200 bytes). */
  readonly retentionBytesMax?: number;
  /** Streams that may exist at once; more are refused with AccountStreamLimitExceededException. Default 5000. */
  readonly streamCountMax?: number;
  /** A GetMedia body ends after this long without media. Default 30 s. */
  readonly idleMsMax?: number;
  /** A GetMedia body ends after this long. Default 45 min. */
  readonly sessionMsMax?: number;
  /** On close, answers under way get this long to end before they are cut. Default 1 s. */
  readonly drainMsMax?: number;
  readonly clock?: Clock;
  /** Whether a fragment without a block of a declared track is refused, as the service does (error 4011). Default true. */
  readonly requireAllTracks?: boolean;
  /** Data calls of one operation on one stream within a second; the service has 5. Default: no limit. */
  readonly callsPerSecondMax?: number;
  /** Plans in force from the start. Default none. */
  readonly faults?: readonly FaultPlan[];
  /** Asked for every request of a consumer, with the access key id and the session token it was signed with. Default: all may. */
  readonly requireCredentials?: RequireCredentials;
  /** Sees every request and its reply, and may do what no fault of the catalogue does. Default: passes everything through. */
  readonly intercept?: Intercept;
}

export interface KvsEmulator {
  /** `http://host:port`, for `endpoint` of the SDK clients. */
  readonly url: string;
  readonly port: number;
  /**
   * Puts a plan in force, also for responses under way; it replaces the stream's plan before, all its strikes are new, and
   * without faults it only takes that away. Throws InvalidArgumentException (`KvsError`) that names the place.
   */
  setFaults(plan: FaultPlan): void;
  /** What struck that stream since the start, oldest first, at most the last 10000. */
  faultLog(streamName: string): readonly FaultStrike[];
  /** What is retained of that stream, oldest first, also what a fault hides from readers; empty for an unknown stream. */
  fragments(streamName: string): readonly StoredFragmentInfo[];
  close(): Promise<void>;
}

const SECOND_MS = 1000;
const MIB = 1024 * 1024;

/** Starts an emulator of Kinesis Video Streams. Rejects when the port is taken. */
export async function startKvsEmulator(options: KvsEmulatorOptions = {}): Promise<KvsEmulator> {
  const {
    host = '127.0.0.1',
    drainMsMax = SECOND_MS,
    intercept = passThrough,
    clock = systemClock,
  } = options;
  const { identity = 'both', idleMsMax = 30 * SECOND_MS, sessionMsMax = 45 * 60 * SECOND_MS } = options;
  const streams = emptyRegistry(options, clock);
  const plans = new FaultPlans(clock);
  for (const plan of options.faults ?? []) plans.set(plan);
  const { requireAllTracks = true } = options;
  const limits = { requireAllTracks, idleMsMax, sessionMsMax };
  const operations = emulatedOperations({ streams, plans, identity, clock, ...limits });
  const closing = new AbortController();
  const { signal } = closing;
  const { requireCredentials, callsPerSecondMax = Number.POSITIVE_INFINITY } = options;
  const rates = new CallRates(callsPerSecondMax, clock);
  const server = createServer((request, response) => {
    const deps = { operations, plans, rates, intercept, requireCredentials, closing: signal };
    void serveRequest(request, response, deps);
  });
  // A producer sends one request for as long as its call lasts.
  server.requestTimeout = 0;
  const port = await listen(server, options.port ?? 0, host);
  return {
    url: `http://${host}:${port}`,
    port,
    setFaults: (plan) => plans.set(plan),
    faultLog: (streamName) => plans.strikes(streamName),
    fragments: (streamName) => storedFragmentsOf(streams.named(streamName)),
    async close() {
      closing.abort();
      const drained = setTimeout(() => server.closeAllConnections(), drainMsMax);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearTimeout(drained);
    },
  };
}

function emptyRegistry(options: KvsEmulatorOptions, clock: Clock): StreamRegistry {
  const { region = 'us-east-1', accountId = '123456789012' } = options;
  const { retentionBytesMax = 200 * MIB, streamCountMax = 5000 } = options;
  return new StreamRegistry({ region, accountId, clock, retentionBytesMax, streamCountMax });
}
