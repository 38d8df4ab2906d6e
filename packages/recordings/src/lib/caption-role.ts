import type { ParticipantRole } from '@earshot/domain';

/** Whole words that name a side in the tracks of recordings, ours and others'. */
const WORDS: Readonly<Record<ParticipantRole, readonly string[]>> = {
  customer: ['customer', 'caller', 'client'],
  agent: ['agent', 'representative', 'operator'],
};

const CONNECT_NAMES: Readonly<Record<string, ParticipantRole>> = {
  audio_from_customer: 'customer',
  audio_to_customer: 'agent',
};

/** The side that a track's name tells of; `undefined` where it tells none, or both. */
export function captionRole(name: string | undefined): ParticipantRole | undefined {
  const lower = (name ?? '').toLowerCase();
  const connect = CONNECT_NAMES[lower];
  if (connect !== undefined) return connect;
  const words = new Set(lower.split(/[^a-z]+/));
  const isNamed = (role: ParticipantRole): boolean => WORDS[role].some((word) => words.has(word));
  if (isNamed('customer') === isNamed('agent')) return undefined;
  return isNamed('customer') ? 'customer' : 'agent';
}
