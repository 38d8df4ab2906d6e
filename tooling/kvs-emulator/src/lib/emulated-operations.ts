import type { Clock } from '@earshot/domain';
import type { EmulatedCall } from './emulated-call.ts';
import type { FaultPlans } from './faults/fault-plans.ts';
import { getMediaForFragmentList } from './operations/get-media-for-fragment-list.ts';
import { getMedia } from './operations/get-media.ts';
import { listFragments } from './operations/list-fragments.ts';
import { putMedia } from './operations/put-media.ts';
import {
  createStream,
  deleteStream,
  describeStream,
  getDataEndpoint,
  listStreams,
} from './operations/stream-administration.ts';
import type { Reply } from './reply.ts';
import type { StreamRegistry } from './stream-registry.ts';
import type { IdentityPosition } from './video-stream.ts';

export interface OperationDeps {
  readonly streams: StreamRegistry;
  readonly plans: FaultPlans;
  readonly identity: IdentityPosition;
  readonly requireAllTracks: boolean;
  readonly idleMsMax: number;
  readonly sessionMsMax: number;
  readonly clock: Clock;
}

export type Serve = (call: EmulatedCall) => Reply;

/** Operations by path; the table of what is emulated. */
export function emulatedOperations(deps: OperationDeps): ReadonlyMap<string, Serve> {
  const { streams, plans, identity, clock, requireAllTracks, idleMsMax, sessionMsMax } = deps;
  const limits = { idleMsMax, sessionMsMax, clock };
  return new Map<string, Serve>([
    ['createStream', ({ input }) => createStream(streams, input, identity)],
    ['describeStream', ({ input }) => describeStream(streams, input)],
    ['listStreams', ({ input }) => listStreams(streams, input)],
    ['deleteStream', ({ input }) => deleteStream(streams, input)],
    [
      'getDataEndpoint',
      ({ input, headers }) => getDataEndpoint(streams, input, `http://${headers.host ?? ''}`),
    ],
    ['listFragments', (call) => listFragments(streams, plans, call, clock)],
    ['getMediaForFragmentList', (call) => getMediaForFragmentList(streams, plans, call, clock)],
    ['putMedia', (call) => putMedia(streams, call, { requireAllTracks })],
    ['getMedia', (call) => getMedia(streams, plans, call, limits)],
  ]);
}
