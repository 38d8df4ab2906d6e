import type { StoredFragments } from '../stored-fragments.ts';

/** Where a response begins that was asked to begin at `ordinal`: earlier when a later response is to repeat. */
export function repeatedFrom(stored: StoredFragments, ordinal: number): number {
  const { faults, operation, stream } = stored;
  const armed = faults?.body.find(({ fault }) => fault.kind === 'repeat-on-reconnect');
  if (armed?.fault.kind !== 'repeat-on-reconnect' || stream.responseCount <= 1) return ordinal;
  const before = stored.retained().filter((fragment) => fragment.ordinal < ordinal);
  const first = before.at(-Math.min(armed.fault.fragments, before.length));
  if (before.length === 0 || first === undefined) return ordinal;
  faults?.strike(armed, { operation, fragmentNumber: first.number, ordinal: first.ordinal });
  return first.ordinal;
}
