import type { ParticipantRole } from '@earshot/domain';
import type { Fault } from '@earshot/kvs-emulator';
import type { FragmentFate } from './expected-audio.ts';
import { Random } from './random.ts';
import type { Death, Scenario } from './scenario.ts';

/** Losses closer together than this would make one long hole, of which nobody knows how it is heard. */
const LOSS_APART = 4;
const DAMAGES = ['random', 'missing', 'zeroed-header'] as const;
const REFUSALS = [
  'not-found',
  'connection-limit',
  'throttled',
  'invalid-endpoint',
  'expired-token',
  'server-error',
  'no-answer',
] as const;

/** A call with several faults at once; the same seed makes the same one. */
export function faultsTogether(seed: number): Scenario {
  const random = new Random(seed);
  const fragmentCount = random.integer(12, 28);
  const fates = new Map<string, FragmentFate>();
  const losses = spreadLosses(random, fragmentCount, fates);
  const others = [connections(random), shapes(random), refusals(random)];
  const faults = (first: number): readonly Fault[] => [
    ...others.flat(),
    ...losses.map(({ ordinal, fault }) => fault({ fragments: { ordinals: [first + ordinal] } })),
  ];
  return {
    name: `seed ${seed}`,
    seed,
    fragmentCount,
    identity: random.pick(['leading', 'trailing', 'both']),
    start: random.pick(['NOW', 'FRAGMENT_NUMBER']),
    before: random.integer(0, 3),
    after: random.integer(1, 3),
    speed: random.pick([8, 16, 40]),
    areTracksSwapped: random.chance(0.5),
    faults,
    fate: (ordinal, role) => fates.get(`${ordinal} ${role}`) ?? 'whole',
    deaths: deaths(random, fragmentCount),
    mayMiss: ['cut', 'end', 'stall', 'error-document', 'refuse', 'repeat-on-reconnect', 'session-end'],
  };
}

interface Loss {
  readonly ordinal: number;
  readonly fault: (where: { fragments: { ordinals: readonly number[] } }) => Fault;
}

/** The first fragment stays, since the call's time begins with it, and so does the last, whose loss nobody notices. */
function spreadLosses(
  random: Random,
  fragmentCount: number,
  fates: Map<string, FragmentFate>,
): readonly Loss[] {
  const losses: Loss[] = [];
  const note = (ordinal: number, roles: readonly ParticipantRole[], fate: FragmentFate): void => {
    for (const role of roles) fates.set(`${ordinal} ${role}`, fate);
  };
  for (
    let ordinal = random.integer(1, 6);
    ordinal < fragmentCount - 1;
    ordinal += random.integer(LOSS_APART, 9)
  ) {
    const type = random.pick(['missing', 'damage', 'one-track', 'nothing'] as const);
    if (type === 'missing') {
      note(ordinal, ['customer', 'agent'], 'lost');
      losses.push({ ordinal, fault: (where) => ({ kind: 'missing', ...where }) });
    } else if (type === 'damage') {
      const [how, bytes, seed] = [random.pick(DAMAGES), random.integer(1, 900), random.integer(1, 1e6)];
      note(ordinal, ['customer', 'agent'], how === 'random' ? 'overwritten' : 'damaged');
      losses.push({ ordinal, fault: (where) => ({ kind: 'damage', how, bytes, seed, ...where }) });
    } else if (type === 'one-track') {
      const role = random.pick<ParticipantRole>(['customer', 'agent']);
      note(ordinal, [role === 'customer' ? 'agent' : 'customer'], 'lost');
      losses.push({ ordinal, fault: (where) => ({ kind: 'one-track', role, ...where }) });
    }
  }
  return losses;
}

function connections(random: Random): readonly Fault[] {
  const times = random.integer(1, 3);
  const faults: Fault[] = [];
  if (random.chance(0.5)) faults.push({ kind: 'cut', afterBytes: random.integer(1, 400_000), times });
  if (random.chance(0.4)) faults.push({ kind: 'end', afterBytes: random.integer(1, 400_000), times });
  const repeated = random.chance(0.3) ? random.integer(1, 3) : 0;
  // A session that ends before it has come beyond what it repeats would never bring anything new.
  if (random.chance(0.4))
    faults.push({ kind: 'session-end', afterFragments: repeated + random.integer(1, 8) });
  if (random.chance(0.3)) {
    const forMs = random.pick([50, 300, 60_000]);
    faults.push({ kind: 'stall', afterBytes: random.integer(1, 300_000), forMs, times: 1 });
  }
  if (random.chance(0.5)) faults.push({ kind: 'chunks', bytes: random.pick([13, 509, 1399, 4096, 65_536]) });
  if (repeated > 0) faults.push({ kind: 'repeat-on-reconnect', fragments: repeated });
  if (random.chance(0.3)) {
    const errorId = random.pick(['3000', '3002', '4000', '5000']);
    const afterFragments = random.integer(0, 8);
    faults.push({ kind: 'error-document', afterFragments, errorId, errorCode: 'SOME_ERROR', times: 1 });
  }
  return faults;
}

function shapes(random: Random): readonly Fault[] {
  const faults: Fault[] = [];
  const some = { fragments: { every: random.integer(1, 4), offset: random.integer(0, 3) } };
  if (random.chance(0.4)) faults.push({ kind: 'swap-tracks', ...some });
  // A whole number of milliseconds each, so that times by the grid stay exact next to a loss.
  if (random.chance(0.3)) faults.push({ kind: 'short-blocks', bytes: random.pick([16, 192, 512]), ...some });
  if (random.chance(0.3)) faults.push({ kind: 'broken-tag', ...some });
  if (random.chance(0.5)) {
    const way = random.pick(['void', 'crc32', 'eightByteSizes', 'knownSizes', 'blockGroups']);
    faults.push({ kind: 'encoding', [way]: true, ...some });
  }
  return faults;
}

function refusals(random: Random): readonly Fault[] {
  if (random.chance(0.5)) return [];
  const error = random.pick(REFUSALS);
  // Credentials that were refused twice in a row are not merely old.
  return [{ kind: 'refuse', error, times: error === 'expired-token' ? 1 : random.integer(1, 2) }];
}

function deaths(random: Random, fragmentCount: number): readonly Death[] {
  const count = random.chance(0.5) ? random.integer(1, 4) : 0;
  return Array.from({ length: count }, () => {
    return {
      type: random.pick(['kill', 'hand-over'] as const),
      afterEvents: random.integer(1, fragmentCount * 20),
    };
  });
}
