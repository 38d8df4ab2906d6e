import { StreamFaults, type ArmedFault } from './faults/stream-faults.ts';
import type { FragmentFault } from './faults/fault.ts';
import { applyToView, plainView, type FragmentView } from './faults/fragment-view.ts';
import type { Fragment } from './fragment.ts';
import type { VideoStream } from './video-stream.ts';

/** What readers may see of a stream, told for one operation: without the fragments that a fault leaves out. */
export class StoredFragments {
  readonly stream: VideoStream;
  readonly operation: string;
  readonly #faultsNow: () => StreamFaults | undefined;

  constructor(stream: VideoStream, operation: string, faultsNow: () => StreamFaults | undefined) {
    this.stream = stream;
    this.operation = operation;
    this.#faultsNow = faultsNow;
  }

  /** What is in force now; a plan may be replaced while a response lasts. */
  get faults(): StreamFaults | undefined {
    return this.#faultsNow();
  }

  /** Oldest first. */
  retained(): readonly Fragment[] {
    const fragments = this.stream.retained();
    return this.faults === undefined ? fragments : fragments.filter((fragment) => this.#isStored(fragment));
  }

  newest(): Fragment | undefined {
    return this.retained().at(-1);
  }

  /** The fragment of that ordinal, or the next one stored; `undefined` when it has not begun. */
  from(ordinal: number): Fragment | undefined {
    for (let at = ordinal; ; at += 1) {
      const fragment = this.stream.fragmentFrom(at);
      if (fragment === undefined || this.#isStored(fragment)) return fragment;
      at = fragment.ordinal;
    }
  }

  /** The fragment with the faults that are about its content. */
  view(fragment: Fragment): FragmentView {
    return this.faultsOf(fragment).reduce((view, { fault }) => applyToView(view, fault), plainView(fragment));
  }

  faultsOf(fragment: Fragment): readonly ArmedFault<FragmentFault>[] {
    return this.faults?.ofFragment(fragment.ordinal) ?? [];
  }

  #isStored(fragment: Fragment): boolean {
    const { faults, operation } = this;
    const missing = faults?.ofFragment(fragment.ordinal).find(({ fault }) => fault.kind === 'missing');
    if (missing === undefined) return true;
    faults?.strikeMissing(missing, fragment.ordinal, { operation, fragmentNumber: fragment.number });
    return false;
  }
}
