import type { ParticipantRole } from '@earshot/domain';
import { demux } from '@earshot/matroska';
import { pcmFromBytes } from '@earshot/speech';
import { CliError } from './verb.ts';

/** Direction comes from the track's name alone; numbers and codec labels mislead. */
const ROLE_OF_TRACK: Readonly<Record<string, ParticipantRole>> = {
  AUDIO_FROM_CUSTOMER: 'customer',
  AUDIO_TO_CUSTOMER: 'agent',
};

/** Whether a track may be a side of a call as Amazon Connect stores it: PCM, also where it is called AAC. */
export function isConnectTrack({
  name = '',
  codecId,
}: {
  readonly name?: string;
  readonly codecId: string;
}): boolean {
  return Object.hasOwn(ROLE_OF_TRACK, name) && /^A_(?:AAC|PCM)/.test(codecId);
}

const SIDE_BYTES_MAX = 512 * 1024 * 1024;

/** The PCM of each side of a recorded Connect stream, blocks end to end. */
export async function readMkvSides(
  source: AsyncIterable<Uint8Array>,
): Promise<{ role: ParticipantRole; pcm: Int16Array }[]> {
  const roles = new Map<number, ParticipantRole>();
  const sides = new Map<ParticipantRole, { frames: Uint8Array[]; bytes: number }>();
  for await (const event of demux(source)) {
    if (event.type === 'documentStart') roles.clear();
    if (event.type === 'track') {
      const role = ROLE_OF_TRACK[event.track.name ?? ''];
      if (role !== undefined) roles.set(event.track.number, role);
    }
    if (event.type !== 'block') continue;
    const role = roles.get(event.trackNumber);
    if (role === undefined) continue;
    const side = sides.get(role) ?? { frames: [], bytes: 0 };
    for (const frame of event.frames) {
      side.bytes += frame.byteLength;
      if (side.bytes > SIDE_BYTES_MAX)
        throw new CliError(`Cannot hold a side of more than ${SIDE_BYTES_MAX} bytes`);
      side.frames.push(frame.slice());
    }
    sides.set(role, side);
  }
  if (sides.size === 0)
    throw new CliError('Cannot find a track named AUDIO_FROM_CUSTOMER or AUDIO_TO_CUSTOMER');
  return [...sides].map(([role, { frames }]) => ({ role, pcm: pcmFromBytes(Buffer.concat(frames)) }));
}
