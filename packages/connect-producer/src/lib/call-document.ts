import { muxHeader, muxTags, type MuxTag, type MuxTrack } from '@earshot/matroska';
import type { ParticipantRole } from '@earshot/domain';

/** Matroska track numbers of the two sides; captures of real calls show both orders. */
export type TrackNumbers = Readonly<Record<ParticipantRole, number>>;

const TRACK_TYPE_AUDIO = 2;
/** What Amazon Connect writes although the payload is PCM (connect-media 0, fact 2). */
const CODEC_PRIVATE = Uint8Array.of(0x11, 0x90);
const MIME_TYPE = 'audio/L16;rate=8000;channels=1;';

const TRACK_NAMES: Readonly<Record<ParticipantRole, string>> = {
  customer: 'AUDIO_FROM_CUSTOMER',
  agent: 'AUDIO_TO_CUSTOMER',
};

/** The tags that Amazon Connect gives a call. */
export function connectTags(contactId: string, instanceId: string): readonly MuxTag[] {
  return [
    { name: 'ContactId', value: contactId },
    { name: 'InstanceId', value: instanceId },
    { name: 'MimeType', value: MIME_TYPE },
    { name: TRACK_NAMES.customer, value: '1' },
    { name: TRACK_NAMES.agent, value: '2' },
    { name: 'Events', value: '[]' },
  ];
}

/** Header of a document: a track for each role in the order of their numbers, then the tags, each an element of its own. */
export function callHeader(
  roles: readonly ParticipantRole[],
  trackNumbers: TrackNumbers,
  tags: readonly MuxTag[],
): Uint8Array {
  const tracks = roles.map((role) => track(role, trackNumbers[role]));
  return Buffer.concat([
    muxHeader({ tracks: tracks.toSorted((a, b) => a.number - b.number) }),
    ...tags.map((tag) => muxTags([tag])),
  ]);
}

/** The uid follows the name, the number does not. */
function track(role: ParticipantRole, number: number): MuxTrack {
  return {
    number,
    uid: role === 'customer' ? 1n : 2n,
    trackType: TRACK_TYPE_AUDIO,
    name: TRACK_NAMES[role],
    codecId: 'A_AAC',
    codecPrivate: CODEC_PRIVATE,
  };
}
