import { samplesToMs } from '@earshot/domain';

const FRAME_SAMPLES = 256;
const HOP_SAMPLES = 128;
/** Pitches of 70 to 400 Hz. */
const LAG_SAMPLES_MIN = 20;
const LAG_SAMPLES_MAX = 114;
/** Autocorrelation at the pitch: noise stays below 0.3, vowels reach 0.7 and more. */
const PERIODICITY_MIN = 0.5;
const AUDIBLE_DB = 25;
const AUDIBLE_DBFS_MIN = -55;

/** How long a voice has a pitch in 8 kHz audio, ms; stops to count at `enoughMs`. Whispers have none. */
export function voicedMs(pcm: Int16Array, enoughMs: number): number {
  const energies: number[] = [];
  for (let start = 0; start + FRAME_SAMPLES <= pcm.length; start += HOP_SAMPLES) {
    energies.push(correlation(pcm, start, 0));
  }
  const least = Math.max(
    Math.max(0, ...energies) / 10 ** (AUDIBLE_DB / 10),
    FRAME_SAMPLES * 32_768 ** 2 * 10 ** (AUDIBLE_DBFS_MIN / 10),
  );
  let voiced = 0;
  for (const [frame, energy] of energies.entries()) {
    if (energy >= least && isPeriodic(pcm, frame * HOP_SAMPLES)) voiced += samplesToMs(HOP_SAMPLES);
    if (voiced >= enoughMs) break;
  }
  return voiced;
}

function isPeriodic(pcm: Int16Array, start: number): boolean {
  for (let lag = LAG_SAMPLES_MIN; lag <= LAG_SAMPLES_MAX; lag += 1) {
    const both = correlation(pcm, start, lag);
    if (both <= 0) continue;
    const first = correlation(pcm.subarray(0, start + FRAME_SAMPLES - lag), start, 0);
    const second = correlation(pcm, start + lag, 0, start + FRAME_SAMPLES);
    if (both >= PERIODICITY_MIN * Math.sqrt(first * second)) return true;
  }
  return false;
}

/** Sum of the products of samples `lag` apart, within the frame that begins at `start`. */
function correlation(pcm: Int16Array, start: number, lag: number, end = start + FRAME_SAMPLES): number {
  let sum = 0;
  for (let index = start; index + lag < end; index += 1) sum += (pcm[index] ?? 0) * (pcm[index + lag] ?? 0);
  return sum;
}
