import type { Arrival } from './arrival.ts';

/** What can be wrong with the POSTs of lanes, as counts. */
export interface ArrivalFaults {
  /** POSTs that came after a later one of their lane. */
  readonly outOfOrder: number;
  /** POSTs that came while another of their lane was under way. */
  readonly overlapping: number;
  /** POSTs that came though an earlier message of their lane had not been accepted; a fault where each must be. */
  readonly early: number;
  /** Messages that were accepted more than once. */
  readonly doubled: number;
  /** Messages that came under more than one `webhook-id`. */
  readonly renamed: number;
}

/** Judges POSTs by lane (endpoint and conversation), in the order of their answers. */
export function judgeArrivals(arrivals: readonly Arrival[]): ArrivalFaults {
  const lanes = Map.groupBy(arrivals, ({ endpoint, guid }) => `${endpoint} ${guid}`);
  const faults = [...lanes.values()].map(judgeLane);
  const sum = (name: keyof ArrivalFaults): number => faults.reduce((total, fault) => total + fault[name], 0);
  return {
    outOfOrder: sum('outOfOrder'),
    overlapping: sum('overlapping'),
    early: sum('early'),
    doubled: sum('doubled'),
    renamed: sum('renamed'),
  };
}

function judgeLane(arrivals: readonly Arrival[]): ArrivalFaults {
  const ids = new Map<number, string>();
  const accepted = new Set<number>();
  const doubled = new Set<number>();
  const renamed = new Set<number>();
  let [latest, outOfOrder, overlapping, early, acceptedThrough] = [0, 0, 0, 0, 0];
  for (const { sequence, webhookId, status, overlaps } of arrivals) {
    if (sequence < latest) outOfOrder += 1;
    if (overlaps) overlapping += 1;
    if (sequence > acceptedThrough + 1) early += 1;
    latest = Math.max(latest, sequence);
    if ((ids.get(sequence) ?? webhookId) !== webhookId) renamed.add(sequence);
    ids.set(sequence, webhookId);
    if (status >= 300) continue;
    if (accepted.has(sequence)) doubled.add(sequence);
    accepted.add(sequence);
    acceptedThrough = Math.max(acceptedThrough, sequence);
  }
  return { outOfOrder, overlapping, early, doubled: doubled.size, renamed: renamed.size };
}
