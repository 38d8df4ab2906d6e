import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { CaptionedAudio } from '@earshot/recordings';
import type { CallSide } from '../spoken-lines.ts';
import { CliError } from '../verb.ts';
import { decodeAudio } from './decode-audio.ts';

/** Who speaks in each channel of the tracks that are listened to. */
export interface ChosenTrack {
  readonly audio: CaptionedAudio;
  readonly roles: readonly ParticipantRole[];
}

/**
 * Tracks by the side that their names tell, the first of each. Where no name tells one: a single track of one channel is the
 * customer's, of two channels customer and agent, and of two tracks the first is the customer's.
 */
export function chooseTracks(file: string, audio: readonly CaptionedAudio[]): ChosenTrack[] {
  const named = PARTICIPANT_ROLES.flatMap((role) => {
    const track = audio.find((each) => each.role === role);
    return track === undefined
      ? []
      : [{ audio: track, roles: Array.from({ length: track.channels }, () => role) }];
  });
  if (named.length > 0) return named;
  const [first, second, ...more] = audio;
  if (first === undefined) throw new CliError(`Cannot use ${file}: it has no audio`);
  if (second === undefined) return [{ audio: first, roles: PARTICIPANT_ROLES.slice(0, first.channels) }];
  if (more.length > 0 || first.channels + second.channels > 2) {
    throw new CliError(
      `Cannot use ${file}: no name of its ${audio.length} audio tracks tells which is the customer's and which the agent's`,
    );
  }
  return [
    { audio: first, roles: ['customer'] },
    { audio: second, roles: ['agent'] },
  ];
}

/** The sides of a Matroska file at 8 kHz; `role` overrides what names and channels tell. */
export async function captionedSides(
  file: string,
  audio: readonly CaptionedAudio[],
  { role, signal }: { readonly role: ParticipantRole | undefined; readonly signal: AbortSignal },
): Promise<CallSide[]> {
  const sides: CallSide[] = [];
  for (const track of chooseTracks(file, audio)) {
    const channels = await decodeAudio(file, track.audio, signal);
    for (const [index, pcm] of channels.entries()) {
      sides.push({ role: role ?? track.roles[index] ?? 'customer', pcm });
    }
  }
  return sides;
}
