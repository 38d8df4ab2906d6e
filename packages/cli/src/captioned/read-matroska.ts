import { createReadStream } from 'node:fs';
import type { ParticipantRole } from '@earshot/domain';
import { isRecordingError, openCaptionedFile, type CaptionedFile } from '@earshot/recordings';
import { isConnectTrack, readMkvSides } from '../mkv-sides.ts';
import { refuseUnreadable } from '../refuse-unreadable.ts';
import type { CallSide } from '../spoken-lines.ts';
import { captionedSides } from './captioned-sides.ts';
import { refuseUnread, spokenCaptions, type SpokenCaption } from './spoken-captions.ts';

export interface AskedSides {
  /** Who speaks, whatever the file tells. */
  readonly role: ParticipantRole | undefined;
  readonly signal: AbortSignal;
}

export interface CaptionedSides {
  readonly sides: readonly CallSide[];
  /** None where the file has none. */
  readonly captions: readonly SpokenCaption[];
}

/** What Connect recorded has no captions and labels that mislead, and may be damaged: our own reader alone reads it. */
export async function readMatroska(file: string, asked: AskedSides): Promise<CaptionedSides> {
  const opened = await openFile(file).catch((error: unknown) => {
    if (isRecordingError(error) && error.code === 'recordings.unreadable') return undefined;
    throw error;
  });
  const isOfConnect = opened?.audio.some(isConnectTrack) ?? true;
  if (opened === undefined || (isOfConnect && opened.subtitleCodecs.length === 0)) {
    return { sides: await readMkvSides(createReadStream(file)), captions: [] };
  }
  refuseUnread(file, opened);
  const sides = await captionedSides(file, opened.audio, asked);
  return { sides, captions: spokenCaptions(opened, asked.role) };
}

export async function openFile(file: string): Promise<CaptionedFile> {
  await refuseUnreadable(file);
  return await openCaptionedFile(createReadStream(file));
}
