import type { FragmentHead } from './fragment-reader.ts';

/** A fragment with the number that orders it. */
export interface NumberedHead extends FragmentHead {
  readonly fragmentNumber: string;
  readonly number: bigint;
}

/** What is looked for where a connection begins. */
export interface ConnectionAim {
  /** The newest fragment of a quiet stream may be long over, also one of the call itself. */
  readonly beginsAtNewest?: boolean;
  /** Only the head of the first fragment is wanted. */
  readonly isProbe?: boolean;
  /** The first fragment must not have a higher number. */
  readonly reach?: bigint | undefined;
  /** A fragment of that server time or later with a lower number shows that there is none with that number. */
  readonly reachBeforeMs?: number | undefined;
  /** A lower one has come: the wanted one is next, or missing for good. */
  readonly isReached?: true;
}

/** `undefined` where damage took the number. */
export function toNumbered(head: FragmentHead): NumberedHead | undefined {
  const { fragmentNumber } = head;
  if (fragmentNumber === undefined) return undefined;
  return { ...head, fragmentNumber, number: BigInt(fragmentNumber) };
}

/** The connection is of no more use: the probe is answered, or the place is no good. */
export function isStopAt(
  aim: ConnectionAim | undefined,
  { number, serverTimestampMs }: NumberedHead,
): boolean {
  if (aim?.isProbe === true) return true;
  if (aim?.reach === undefined) return false;
  if (number > aim.reach) return aim.isReached !== true;
  return number < aim.reach && serverTimestampMs >= (aim.reachBeforeMs ?? Number.POSITIVE_INFINITY);
}

/** What is still looked for after that fragment. */
export function remainingAim(
  aim: ConnectionAim | undefined,
  { number }: NumberedHead,
): ConnectionAim | undefined {
  if (aim?.reach === undefined || aim.reachBeforeMs === undefined || number >= aim.reach) return undefined;
  return { reach: aim.reach, reachBeforeMs: aim.reachBeforeMs, isReached: true };
}
