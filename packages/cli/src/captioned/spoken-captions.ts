import type { ParticipantRole } from '@earshot/domain';
import { plainCaption, type CaptionedFile } from '@earshot/recordings';
import { CliError } from '../verb.ts';

/** What a caption says; `role` is absent where nothing tells who speaks. */
export interface SpokenCaption {
  readonly role?: ParticipantRole;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** `Agent: Hello`, `<v Customer>Hello`, also where the text was shown in two lines. */
const SPEAKER = /^\s*(?:<v(?:\.\S*)?\s+)?(customer|caller|client|agent|representative|operator)\s*[:>]\s*/i;
const AGENT_WORDS: ReadonlySet<string> = new Set(['agent', 'representative', 'operator']);

/** Captions with words, once each, by the speaker that `role`, the text or the track names, in this order. */
export function spokenCaptions(
  { cues }: Pick<CaptionedFile, 'cues'>,
  role: ParticipantRole | undefined,
): SpokenCaption[] {
  const seen = new Set<string>();
  return cues.flatMap((cue) => {
    const named = SPEAKER.exec(cue.text);
    const words = plainCaption(cue.text.slice(named?.[0].length ?? 0));
    const speaker = role ?? roleOfWord(named?.[1]) ?? cue.role;
    const key = `${speaker ?? ''} ${cue.startMs} ${words}`;
    if (words === '' || seen.has(key)) return [];
    seen.add(key);
    const { startMs, endMs } = cue;
    return [{ ...(speaker === undefined ? {} : { role: speaker }), startMs, endMs, text: words }];
  });
}

function roleOfWord(word: string | undefined): ParticipantRole | undefined {
  if (word === undefined) return undefined;
  return AGENT_WORDS.has(word.toLowerCase()) ? 'agent' : 'customer';
}

/** Throws where a file has captions that cannot be read, since less than all would be taken for all. */
export function refuseUnread(file: string, opened: CaptionedFile): void {
  const { missedCueCount, subtitleCodecs, tracks } = opened;
  if (missedCueCount > 0) {
    throw new CliError(
      `Cannot use ${file}: ${missedCueCount} captions are in SimpleBlocks; ` +
        'write it anew with ffmpeg -i FILE -c copy -c:s srt OUT.mkv',
    );
  }
  if (tracks.length === 0 && subtitleCodecs.length > 0) {
    throw new CliError(
      `Cannot use ${file}: its captions are ${subtitleCodecs.join(', ')}, not S_TEXT; ` +
        'write it anew with ffmpeg -i FILE -c copy -c:s srt OUT.mkv',
    );
  }
}
