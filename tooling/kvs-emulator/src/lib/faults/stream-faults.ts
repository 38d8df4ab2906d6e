import type { Clock } from '@earshot/domain';
import type { BodyFault, Fault, FragmentFault, RefuseFault } from './fault.ts';
import type { FaultLog, FaultStrike } from './fault-log.ts';
import { isSelected } from './fragment-selection.ts';

/** A fault in force and its place in the plan. */
export interface ArmedFault<T extends Fault> {
  readonly fault: T;
  readonly index: number;
}

type StrikeAbout = Omit<FaultStrike, 'atMs' | 'kind' | 'faultIndex'>;

const BODY_KINDS: ReadonlySet<string> = new Set<BodyFault['kind']>([
  'cut',
  'end',
  'session-end',
  'stall',
  'chunks',
  'error-document',
  'repeat-on-reconnect',
]);

/** The plan in force for one stream: what is left of each fault, counted over all connections. */
export class StreamFaults {
  readonly refusals: readonly ArmedFault<RefuseFault>[];
  readonly body: readonly ArmedFault<BodyFault>[];
  readonly #fragment: readonly ArmedFault<FragmentFault>[];
  readonly #left: number[];
  readonly #log: FaultLog;
  readonly #clock: Clock;
  readonly #missed = new Set<number>();

  constructor(faults: readonly Fault[], log: FaultLog, clock: Clock) {
    const armed = faults.map((fault, index) => ({ fault, index }));
    this.refusals = armed.filter(isRefusal);
    this.body = armed.filter(isBody);
    this.#fragment = armed.filter(isFragment);
    this.#left = faults.map(timesOf);
    this.#log = log;
    this.#clock = clock;
  }

  /** Fragment faults that hold for the fragment of that ordinal, in the order of the plan. */
  ofFragment(ordinal: number): readonly ArmedFault<FragmentFault>[] {
    return this.#fragment.filter(({ fault }) => isSelected(fault.fragments, ordinal));
  }

  isArmed({ index }: ArmedFault<Fault>): boolean {
    return (this.#left[index] ?? 0) > 0;
  }

  strike({ fault, index }: ArmedFault<Fault>, about: StrikeAbout): void {
    this.#left[index] = (this.#left[index] ?? 0) - 1;
    this.#log.add({ atMs: this.#clock.now(), kind: fault.kind, faultIndex: index, ...about });
  }

  /** A missing fragment is noted once, however many readers pass it by. */
  strikeMissing(fault: ArmedFault<Fault>, ordinal: number, about: StrikeAbout): void {
    if (this.#missed.has(ordinal)) return;
    this.#missed.add(ordinal);
    this.strike(fault, { ...about, ordinal });
  }
}

/** Faults that have no `times` strike whenever they apply. */
function timesOf(fault: Fault): number {
  switch (fault.kind) {
    case 'refuse':
    case 'cut':
    case 'end':
    case 'stall':
    case 'error-document':
      return fault.times ?? 1;
    case 'session-end':
      return fault.times ?? Number.POSITIVE_INFINITY;
    case 'chunks':
    case 'repeat-on-reconnect':
    case 'missing':
    case 'foreign-contact':
    case 'no-identity':
    case 'swap-tracks':
    case 'one-track':
    case 'short-blocks':
    case 'clock-skew':
    case 'broken-tag':
    case 'encoding':
    case 'damage':
      return Number.POSITIVE_INFINITY;
  }
}

function isRefusal(armed: ArmedFault<Fault>): armed is ArmedFault<RefuseFault> {
  return armed.fault.kind === 'refuse';
}

function isBody(armed: ArmedFault<Fault>): armed is ArmedFault<BodyFault> {
  return BODY_KINDS.has(armed.fault.kind);
}

function isFragment(armed: ArmedFault<Fault>): armed is ArmedFault<FragmentFault> {
  return !isRefusal(armed) && !isBody(armed);
}
