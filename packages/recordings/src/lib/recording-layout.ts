import type { ParticipantRole } from '@earshot/domain';

/** Of one side: 8 kHz, 16 bits, mono. */
export const BYTES_PER_MS = 16;

/** Audio comes in blocks of this length; only the last of a part may be shorter. */
export const BLOCK_MS = 100;

/** A Cluster holds at most this much, and players seek to the beginning of one. */
export const CLUSTER_MS = 5000;

export const AUDIO_TRACKS: Readonly<Record<ParticipantRole, number>> = { customer: 1, agent: 2 };

export const CAPTION_TRACKS: Readonly<Record<ParticipantRole, number>> = { customer: 3, agent: 4 };

/** As Amazon Connect names the sides, so that whatever reads its media reads recordings as well. */
export const AUDIO_TRACK_NAMES: Readonly<Record<ParticipantRole, string>> = {
  customer: 'AUDIO_FROM_CUSTOMER',
  agent: 'AUDIO_TO_CUSTOMER',
};

/** Tells recordings from files that other programs wrote, also of recordings. */
export const WRITING_APP = 'earshot';
