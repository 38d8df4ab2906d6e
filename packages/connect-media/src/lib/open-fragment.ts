import { toNumbered, type NumberedHead } from './connection-aim.ts';
import type { FragmentHead, FragmentTail } from './fragment-reader.ts';

/** The fragment that is being read. */
export interface OpenFragment {
  readonly head: FragmentHead;
  /** Absent where damage took the number: such a fragment is never given. */
  readonly numbered: NumberedHead | undefined;
  /** `take`: given as it comes. `hold`: waits for its contact. `drop`: damaged or too large. `skip`: known or too old. */
  verdict: 'take' | 'hold' | 'drop' | 'skip';
  contactId: string | undefined;
  isDamaged: boolean;
}

export function openFragment(head: FragmentHead): OpenFragment {
  const { contactId, isDamaged } = head;
  return { head, numbered: toNumbered(head), verdict: 'drop', contactId, isDamaged };
}

/** A tail with another number is another fragment's, and so is what it says of the contact. */
export function isOwnTail({ isDamaged, numbered }: OpenFragment, tail: FragmentTail): boolean {
  return !isDamaged || tail.token === numbered?.fragmentNumber;
}
