import { PARTICIPANT_ROLES } from '@earshot/domain';
import { evaluateClips, type Evaluation, type HeardClip } from '@earshot/speech/word-errors';
import { inOrderOfSpeech, type SpokenLine } from '../spoken-lines.ts';
import type { SpokenCaption } from './spoken-captions.ts';

/** Captions are seldom exact: what is nearer than this belongs together. */
const SLACK_MS = 500;

interface Words {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly isCaption: boolean;
}

/**
 * Word errors of a transcript against captions, as `earshot evaluate` counts them. Both are cut where neither has words, so that
 * a long call is compared in short clips. By side where every caption tells its speaker, else both sides together.
 */
export function compareWithCaptions(
  captions: readonly SpokenCaption[],
  lines: readonly SpokenLine[],
): Evaluation {
  const isBySide = captions.every(({ role }) => role !== undefined);
  // A side without captions has nothing to be compared with.
  const roles = PARTICIPANT_ROLES.filter((each) => captions.some(({ role }) => role === each));
  const sources = isBySide ? roles : (['call'] as const);
  return evaluateClips(
    sources.flatMap((source) => {
      const isOf = ({ role }: { readonly role?: string }) => source === 'call' || role === source;
      return clipsOf(source, [
        ...captions.filter(isOf).map((caption) => ({ ...caption, isCaption: true })),
        ...inOrderOfSpeech(lines.filter(isOf)).map((line) => ({ ...line, isCaption: false })),
      ]);
    }),
  );
}

function clipsOf(source: string, words: readonly Words[]): HeardClip[] {
  const clips: Words[][] = [];
  let reachedMs = -Infinity;
  for (const each of words.toSorted((a, b) => a.startMs - b.startMs)) {
    if (each.startMs > reachedMs + SLACK_MS) clips.push([]);
    clips.at(-1)?.push(each);
    reachedMs = Math.max(reachedMs, each.endMs);
  }
  return clips.map((clip) => ({
    file: `${source} ${((clip[0]?.startMs ?? 0) / 1000).toFixed(1)} s`,
    source,
    reference: textOf(clip.filter(({ isCaption }) => isCaption)),
    hypothesis: textOf(clip.filter(({ isCaption }) => !isCaption)),
    decodeMs: 0,
  }));
}

function textOf(words: readonly Words[]): string {
  return words.map(({ text }) => text).join(' ');
}
