import type { Clock } from '@earshot/domain';
import type { FaultPlan } from './fault.ts';
import { FaultLog, type FaultStrike } from './fault-log.ts';
import { parseFaultPlan } from './parse-fault-plan.ts';
import { StreamFaults } from './stream-faults.ts';

const ANY_STREAM = '*';
const STREAMS_MAX = 10_000;

/** The plans in force, what is left of them for every stream, and what they did. */
export class FaultPlans {
  readonly #clock: Clock;
  readonly #plans = new Map<string, FaultPlan>();
  readonly #streams = new Map<string, { readonly plan: FaultPlan; readonly faults: StreamFaults }>();
  readonly #logs = new Map<string, FaultLog>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Checks and puts in force, with all its strikes again. Without faults the stream's plan is taken away. */
  set(plan: FaultPlan): void {
    const { streamName, faults } = parseFaultPlan(plan);
    if (faults.length === 0) this.#plans.delete(streamName);
    else this.#plans.set(streamName, { streamName, faults });
  }

  inForce(): readonly FaultPlan[] {
    return [...this.#plans.values()];
  }

  /** What is in force for one stream; `undefined` when nothing is. */
  of(streamName: string): StreamFaults | undefined {
    const plan = this.#plans.get(streamName) ?? this.#plans.get(ANY_STREAM);
    if (plan === undefined) return undefined;
    const known = this.#streams.get(streamName);
    if (known?.plan === plan) return known.faults;
    const faults = new StreamFaults(plan.faults, this.#logOf(streamName), this.#clock);
    this.#streams.set(streamName, { plan, faults });
    if (this.#streams.size > STREAMS_MAX) forgetOldest(this.#streams);
    return faults;
  }

  /** What struck a stream since the emulator started, whatever the plan. */
  strikes(streamName: string): readonly FaultStrike[] {
    return this.#logs.get(streamName)?.strikes() ?? [];
  }

  #logOf(streamName: string): FaultLog {
    const log = this.#logs.get(streamName) ?? new FaultLog();
    this.#logs.set(streamName, log);
    if (this.#logs.size > STREAMS_MAX) forgetOldest(this.#logs);
    return log;
  }
}

function forgetOldest(entries: Map<string, unknown>): void {
  for (const [name] of entries) {
    entries.delete(name);
    return;
  }
}
