import type { FragmentFault } from './fault.ts';
import { clusterRange } from './cluster-range.ts';
import { damageDocument } from './damage.ts';
import { reencodeDocument } from './reencode-document.ts';
import type { ArmedFault } from './stream-faults.ts';
import type { FaultStrike } from './fault-log.ts';

/** Faults about how a whole document is written; a growing fragment is held until it is complete for these. */
export function needsWholeDocument({ fault }: ArmedFault<FragmentFault>): boolean {
  return fault.kind === 'encoding' || fault.kind === 'damage';
}

export type DocumentStrike = Pick<FaultStrike, 'atByte' | 'bytes'>;

/** A whole document with its encoding and damage faults, damage last whatever the order of the plan. */
export function faultyDocument(
  document: Uint8Array,
  ordinal: number,
  faults: readonly ArmedFault<FragmentFault>[],
  strike: (fault: ArmedFault<FragmentFault>, about: DocumentStrike) => void,
): Uint8Array {
  let written = document;
  for (const armed of faults) {
    if (armed.fault.kind !== 'encoding') continue;
    written = reencodeDocument(written, armed.fault);
    strike(armed, {});
  }
  let cluster = clusterRange(written);
  for (const armed of faults) {
    if (armed.fault.kind !== 'damage') continue;
    const { document: spoilt, ...about } = damageDocument(written, cluster, armed.fault, ordinal);
    cluster = { at: cluster.at, end: cluster.end - (written.length - spoilt.length) };
    written = spoilt;
    strike(armed, about);
  }
  return written;
}
