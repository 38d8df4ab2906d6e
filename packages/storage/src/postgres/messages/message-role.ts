import { PARTICIPANT_ROLES } from '@earshot/domain';
import type { StoredMessage } from '../../stores/messages.ts';

/** A role is stored as its place in the order; what nobody said comes after what the two sides said. */
export function messageRole(order: number): StoredMessage['role'] {
  return PARTICIPANT_ROLES[order] ?? 'system';
}
