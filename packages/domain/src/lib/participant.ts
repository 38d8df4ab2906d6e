/** The two sides of a call. Customer comes first wherever an order between them is needed. */
export const PARTICIPANT_ROLES = ['customer', 'agent'] as const;

export type ParticipantRole = (typeof PARTICIPANT_ROLES)[number];

/** Position of a role where two things happen at the same instant: customer before agent. */
export function roleOrder(role: ParticipantRole): number {
  return PARTICIPANT_ROLES.indexOf(role);
}
