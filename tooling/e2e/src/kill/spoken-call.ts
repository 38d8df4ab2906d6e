import type { ParticipantRole } from '@earshot/domain';
import { between, type Random } from './seeded-random.ts';

export type SpokenPcm = Readonly<Record<ParticipantRole, Int16Array>>;

const SAMPLES_PER_MS = 8;
/** Far over the 1000 from which the scripted detector hears speech, and far below it. */
const SPEECH_AMPLITUDE = 8000;
const SILENCE_AMPLITUDE = 60;
/** One in so many utterances is longer than a segment may be. */
const MONOLOGUE_EVERY = 9;

/** Both sides of a call that differ in every sample: noise where somebody speaks, over pauses of any length. */
export function makeSpokenCall(random: Random, durationMs: number): SpokenPcm {
  return { customer: makeSide(random, durationMs), agent: makeSide(random, durationMs) };
}

function makeSide(random: Random, durationMs: number): Int16Array {
  const pcm = new Int16Array(durationMs * SAMPLES_PER_MS);
  let at = 0;
  const append = (milliseconds: number, amplitude: number): void => {
    for (const end = Math.min(pcm.length, at + milliseconds * SAMPLES_PER_MS); at < end; at += 1) {
      pcm[at] = Math.round((random() * 2 - 1) * amplitude);
    }
  };
  while (at < pcm.length) {
    append(between(random, 150, 2500), SILENCE_AMPLITUDE);
    const isMonologue = between(random, 1, MONOLOGUE_EVERY) === 1;
    append(isMonologue ? between(random, 10_500, 13_000) : between(random, 150, 3500), SPEECH_AMPLITUDE);
  }
  return pcm;
}

export function bytesOf(pcm: Int16Array): Uint8Array {
  return new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
}
