import { msToSamples, type ParticipantRole } from '@earshot/domain';

/**
 * `whole`: every byte has to be heard. `lost`: nothing of it can be heard. `damaged`: each sample of it is either heard
 * as it was, at its place, or silent. `overwritten`: as damaged, but bytes that were overwritten within a block are heard as they
 * are: nobody can tell them from speech.
 */
export type FragmentFate = 'whole' | 'lost' | 'damaged' | 'overwritten';

export interface FragmentAudio {
  readonly pcm: Int16Array;
  readonly fate: FragmentFate;
}

/** Samples of one side that may be heard other than they were put: the plan overwrites 900 bytes at most. */
const OVERWRITTEN = { damaged: 0, overwritten: 451 } as const;
/** A longer hole is not filled: the clock jumps (ingest's timeline). */
const FILLED_SAMPLES_MAX = msToSamples(2000);

/** A stretch of what has to be heard. */
interface Stretch {
  readonly fate: Exclude<FragmentFate, 'lost'>;
  readonly pcm: Int16Array;
  readonly startsAfterJump: boolean;
}

/**
 * Compares one side of a call, as heard, with what was put into the stream. Answers what is wrong, or `undefined`.
 * Nothing need be heard of a loss at the very end: no later audio tells how long it was.
 */
export function judgeAudio(
  role: ParticipantRole,
  heard: Int16Array,
  fragments: readonly FragmentAudio[],
): string | undefined {
  let at = 0;
  const stretches = stretchesOf(fragments);
  for (const [index, { fate, pcm }] of stretches.entries()) {
    const rest = heard.subarray(at, at + pcm.length);
    const isLast = index === stretches.length - 1;
    if (rest.length < pcm.length && (!isLast || fate === 'whole')) {
      return `${role}: ends after ${heard.length} samples, within stretch ${index} that begins at ${at} with ${pcm.length}`;
    }
    const wrongAt =
      fate === 'whole' ? firstDifference(rest, pcm) : firstForeignSample(rest, pcm, OVERWRITTEN[fate]);
    if (wrongAt >= 0)
      return `${role}: sample ${at + wrongAt} is wrong, ${wrongAt} into stretch ${index} (${fate})`;
    at += rest.length;
  }
  return at < heard.length ? `${role}: ${heard.length - at} samples more than were put` : undefined;
}

/** Where open speech has to end, since the clock jumps: samples of the audio as it is heard. */
export function jumpsOf(fragments: readonly FragmentAudio[]): readonly number[] {
  const jumps: number[] = [];
  let at = 0;
  for (const { pcm, startsAfterJump } of stretchesOf(fragments)) {
    if (startsAfterJump) jumps.push(at);
    at += pcm.length;
  }
  return jumps;
}

function stretchesOf(fragments: readonly FragmentAudio[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let lostSamples = 0;
  for (const { pcm, fate } of fragments) {
    if (fate === 'lost') {
      if (stretches.length > 0) lostSamples += pcm.length;
      continue;
    }
    const startsAfterJump = lostSamples > FILLED_SAMPLES_MAX;
    if (lostSamples > 0 && !startsAfterJump) {
      stretches.push({ fate: 'whole', pcm: new Int16Array(lostSamples), startsAfterJump: false });
    }
    lostSamples = 0;
    stretches.push({ fate, pcm, startsAfterJump });
  }
  return stretches;
}

function firstDifference(heard: Int16Array, want: Int16Array): number {
  return want.findIndex((sample, index) => sample !== heard[index]);
}

/** Lost samples are silent, all others are at their place. */
function firstForeignSample(heard: Int16Array, put: Int16Array, overwrittenSamplesMax: number): number {
  let overwrittenSamples = 0;
  return heard.findIndex((sample, index) => {
    if (sample !== 0 && sample !== put[index]) overwrittenSamples += 1;
    return overwrittenSamples > overwrittenSamplesMax;
  });
}
