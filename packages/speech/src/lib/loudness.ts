import { msToSamples } from '@earshot/domain';

const FULL_SCALE_SQUARED = 32_768 ** 2;
const QUIET_SAMPLES = msToSamples(20);
const STEP_SAMPLES = msToSamples(5);

function energy(pcm: Int16Array): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return sum;
}

/** Root mean square of `pcm` in dB below full scale; −Infinity for digital silence. */
export function loudnessDbfs(pcm: Int16Array): number {
  return 10 * Math.log10(energy(pcm) / (Math.max(1, pcm.length) * FULL_SCALE_SQUARED));
}

/** Offset of the middle of the quietest 20 ms of `pcm`; the latest of equals, so that speech is kept whole. */
export function quietestOffset(pcm: Int16Array): number {
  let best = pcm.length;
  let least = Infinity;
  for (let offset = 0; offset + QUIET_SAMPLES <= pcm.length; offset += STEP_SAMPLES) {
    const sum = energy(pcm.subarray(offset, offset + QUIET_SAMPLES));
    if (sum > least) continue;
    least = sum;
    best = offset + QUIET_SAMPLES / 2;
  }
  return best;
}
