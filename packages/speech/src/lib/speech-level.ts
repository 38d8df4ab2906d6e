import { msToSamples } from '@earshot/domain';

const STEP_SAMPLES = msToSamples(25);
/** Windows of 100 ms. */
const STEPS = 4;
/** Of the loudest 100 ms. The model hears levels near it best; speech on calls lies up to 12 dB below. */
const TARGET_DBFS = -10;
/** Noise is not made speech. */
const GAIN_DB_MAX = 30;
const TARGET_ENERGY = 10 ** (TARGET_DBFS / 10) * 32_768 ** 2;
const GAIN_MAX = 10 ** (GAIN_DB_MAX / 20);

/** A copy at the level that the model hears best; peaks are cut at full scale. */
export function levelSpeech(pcm: Int16Array): Int16Array {
  const loudest = loudestEnergy(pcm);
  if (loudest === 0) return pcm.slice();
  const gain = Math.min(GAIN_MAX, Math.sqrt(TARGET_ENERGY / loudest));
  const levelled = new Int16Array(pcm.length);
  for (let index = 0; index < pcm.length; index += 1) {
    levelled[index] = Math.max(-32_768, Math.min(32_767, Math.round((pcm[index] ?? 0) * gain)));
  }
  return levelled;
}

/** Mean square of the loudest 100 ms, or of less where there is less. */
function loudestEnergy(pcm: Int16Array): number {
  const steps: number[] = [];
  for (let start = 0; start < pcm.length; start += STEP_SAMPLES) {
    const end = Math.min(pcm.length, start + STEP_SAMPLES);
    let energy = 0;
    for (let index = start; index < end; index += 1) energy += (pcm[index] ?? 0) ** 2;
    steps.push(energy);
  }
  const windowSamples = Math.max(1, Math.min(pcm.length, STEPS * STEP_SAMPLES));
  const sums = steps.map((_, index) =>
    steps.slice(index, index + STEPS).reduce((sum, each) => sum + each, 0),
  );
  return Math.max(0, ...sums) / windowSamples;
}
