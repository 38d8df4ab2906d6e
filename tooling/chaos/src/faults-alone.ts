import type { Fault } from '@earshot/kvs-emulator';
import type { Scenario } from './scenario.ts';

const PLAIN = {
  seed: 1,
  fragmentCount: 12,
  identity: 'both',
  start: 'FRAGMENT_NUMBER',
  before: 2,
  after: 2,
  speed: 16,
  faults: () => [],
} as const satisfies Omit<Scenario, 'name'>;

/** One fragment of two tracks is about this large on the wire. */
const FRAGMENT_BYTES = 34_000;

function scenario(name: string, changes: Partial<Scenario>): Scenario {
  return { ...PLAIN, name, ...changes };
}

function everywhere(name: string, ...faults: readonly Fault[]): Scenario {
  return scenario(name, { faults: () => faults });
}

function at(first: number, ...ordinals: readonly number[]) {
  return { fragments: { ordinals: ordinals.map((ordinal) => first + ordinal) } };
}

const ALL = { fragments: { every: 1 } } as const;

/** Every fault of the catalogue by itself, so that a failure names its cause. */
export const FAULTS_ALONE: readonly Scenario[] = [
  scenario('nothing goes wrong', {}),
  scenario('nothing goes wrong, from NOW, alone in its stream', {
    start: 'NOW',
    before: 0,
    after: 0,
    mediaIdleMsMax: 9000,
  }),
  scenario('identity only behind the Cluster', { identity: 'trailing' }),
  scenario('identity only before the Cluster', { identity: 'leading' }),
  everywhere('the stream is not there at first', { kind: 'refuse', error: 'not-found', times: 3 }),
  everywhere('too many readers at first', { kind: 'refuse', error: 'connection-limit', times: 3 }),
  everywhere('throttled at first', { kind: 'refuse', error: 'throttled', times: 2 }),
  everywhere('throttled where the endpoint is asked for', {
    kind: 'refuse',
    operation: 'GetDataEndpoint',
    error: 'throttled',
    times: 2,
  }),
  everywhere('the service fails at first', { kind: 'refuse', error: 'server-error', times: 2 }),
  everywhere('the endpoint has expired', { kind: 'refuse', error: 'invalid-endpoint', times: 1 }),
  everywhere('the token has expired', { kind: 'refuse', error: 'expired-token', times: 1 }),
  everywhere('no answer at first', { kind: 'refuse', error: 'no-answer', times: 2 }),
  everywhere('cut at a byte', { kind: 'cut', afterBytes: 100_001, times: 2 }),
  everywhere('cut within the first header', { kind: 'cut', afterBytes: 17, times: 3 }),
  everywhere('cut between two fragments', { kind: 'cut', afterBytes: FRAGMENT_BYTES * 3, times: 2 }),
  everywhere('ends in order within a block', { kind: 'end', afterBytes: 77_777, times: 3 }),
  everywhere('the session ends every three fragments', { kind: 'session-end', afterFragments: 3 }),
  everywhere('stalls, then goes on', { kind: 'stall', afterBytes: 90_000, forMs: 400, times: 1 }),
  everywhere('stalls for good', { kind: 'stall', afterBytes: 90_000, forMs: 60_000, times: 1 }),
  scenario('comes byte by byte', { fragmentCount: 5, faults: () => [{ kind: 'chunks', bytes: 1 }] }),
  everywhere('comes in pieces of a prime size', { kind: 'chunks', bytes: 1399 }),
  ...(['3000', '3002', '4000', '5000', '9999'] as const).map((errorId) =>
    everywhere(`the service gives up within the body with ${errorId}`, {
      kind: 'error-document',
      afterFragments: 4,
      errorId,
      errorCode: errorId === '3000' || errorId === '4000' ? 'FRAGMENT_NOT_FOUND' : 'INTERNAL_ERROR',
      times: 1,
    }),
  ),
  everywhere(
    'fragments come again after a reconnect',
    { kind: 'session-end', afterFragments: 4 },
    { kind: 'repeat-on-reconnect', fragments: 2 },
  ),
  scenario('a fragment is missing', {
    faults: (first) => [{ kind: 'missing', ...at(first, 5) }],
    fate: (ordinal) => (ordinal === 5 ? 'lost' : 'whole'),
  }),
  scenario('three fragments in a row are missing', {
    faults: (first) => [{ kind: 'missing', ...at(first, 5, 6, 7) }],
    fate: (ordinal) => (ordinal >= 5 && ordinal <= 7 ? 'lost' : 'whole'),
  }),
  scenario('the call ends where another contact appears', {
    after: 0,
    endsBefore: 7,
    faults: (first) => [
      { kind: 'foreign-contact', contactId: 'somebody-else', ...at(first, 7, 8, 9, 10, 11) },
    ],
  }),
  scenario('another contact appears, told only behind its Cluster', {
    after: 0,
    identity: 'trailing',
    endsBefore: 7,
    faults: (first) => [
      { kind: 'foreign-contact', contactId: 'somebody-else', ...at(first, 7, 8, 9, 10, 11) },
    ],
  }),
  scenario('fragments without identity', {
    faults: (first) => [{ kind: 'no-identity', ...at(first, 2, 3, 6, 11) }],
  }),
  everywhere('track numbers change from fragment to fragment', {
    kind: 'swap-tracks',
    fragments: { every: 2, offset: 1 },
  }),
  scenario('the producer has the tracks the other way round', { areTracksSwapped: true }),
  scenario('one side has no track for a while', {
    faults: (first) => [{ kind: 'one-track', role: 'agent', ...at(first, 4, 5) }],
    fate: (ordinal, role) => (role === 'customer' && (ordinal === 4 || ordinal === 5) ? 'lost' : 'whole'),
  }),
  scenario('one side never has a track', {
    faults: () => [{ kind: 'one-track', role: 'customer', ...ALL }],
    fate: (_ordinal, role) => (role === 'agent' ? 'lost' : 'whole'),
  }),
  everywhere('short blocks', { kind: 'short-blocks', bytes: 192, ...ALL }),
  everywhere('odd blocks', { kind: 'short-blocks', bytes: 333, ...ALL }),
  everywhere('the clock of the service is ahead', { kind: 'clock-skew', serverAheadMs: 70_000, ...ALL }),
  everywhere('the clock of the service is behind', {
    kind: 'clock-skew',
    serverAheadMs: -259_200_000,
    ...ALL,
  }),
  everywhere('a tag that is not UTF-8', { kind: 'broken-tag', ...ALL }),
  ...(['void', 'crc32', 'eightByteSizes', 'knownSizes', 'blockGroups'] as const).map((way) =>
    everywhere(`written with ${way}`, { kind: 'encoding', [way]: true, ...ALL }),
  ),
  ...(['random', 'missing', 'zeroed-header'] as const).map((how) =>
    scenario(`damage: ${how}`, {
      faults: (first) => [{ kind: 'damage', how, bytes: 400, seed: 7, ...at(first, 4, 8) }],
      fate: (ordinal) =>
        ordinal !== 4 && ordinal !== 8 ? 'whole' : how === 'random' ? 'overwritten' : 'damaged',
    }),
  ),
  scenario('the worker is killed over and over', {
    deaths: [40, 90, 200, 300].map((afterEvents) => ({ type: 'kill', afterEvents })),
  }),
  scenario('the worker hands over again and again', {
    deaths: [33, 101, 207, 350].map((afterEvents) => ({ type: 'hand-over', afterEvents })),
  }),
];
