import { speechError } from './speech-error.ts';

const RATE_HZ_MIN = 4000;
const RATE_HZ_MAX = 192_000;
/** Zero crossings of the sinc on each side: with the Blackman window more than 70 dB of stop band. */
const CROSSINGS = 24;
/** The pass band ends here, so that the slope of the filter ends at half the lower rate. */
const PASS_BAND = 0.92;

/**
 * Samples at another rate through a sinc under a Blackman window, cut off below half of the lower rate. Silence is
 * assumed on both sides; rounded and kept within 16 bits. The same rate gives the same array back.
 *
 * Throws `speech.option-invalid` for rates that are not whole numbers from 4000 to 192000 Hz.
 */
export function resamplePcm(pcm: Int16Array, fromHz: number, toHz: number): Int16Array {
  for (const rateHz of [fromHz, toHz]) checkRate(rateHz);
  if (fromHz === toHz) return pcm;
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const phases = phasesOf(fromHz / divisor, toHz / divisor);
  const output = new Int16Array(Math.floor((pcm.length * toHz) / fromHz));
  const step = fromHz / divisor;
  for (let index = 0; index < output.length; index += 1) {
    const position = index * step;
    const phase = position % phases.length;
    const taps = phases[phase] ?? new Float64Array(0);
    const first = (position - phase) / phases.length - (taps.length / 2 - 1);
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap += 1) sum += (taps[tap] ?? 0) * (pcm[first + tap] ?? 0);
    output[index] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
  return output;
}

/** The filter between samples, one set of taps for each place an output can have between two inputs. */
function phasesOf(inputs: number, outputs: number): Float64Array[] {
  const cutOff = PASS_BAND * Math.min(1, outputs / inputs);
  const half = Math.ceil(CROSSINGS / cutOff);
  return Array.from({ length: outputs }, (_, phase) => {
    const taps = Float64Array.from({ length: 2 * half }, (_tap, index) =>
      windowedSinc(index - half + 1 - phase / outputs, cutOff, half),
    );
    const sum = taps.reduce((total, tap) => total + tap, 0);
    return taps.map((tap) => tap / sum);
  });
}

function windowedSinc(distance: number, cutOff: number, half: number): number {
  if (Math.abs(distance) >= half) return 0;
  const angle = Math.PI * distance * cutOff;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  const window = Math.PI * (1 + distance / half);
  return sinc * (0.42 - 0.5 * Math.cos(window) + 0.08 * Math.cos(2 * window));
}

function checkRate(rateHz: number): void {
  if (Number.isInteger(rateHz) && rateHz >= RATE_HZ_MIN && rateHz <= RATE_HZ_MAX) return;
  throw speechError(
    'speech.option-invalid',
    `Cannot resample: ${rateHz} Hz is not a whole number from ${RATE_HZ_MIN} to ${RATE_HZ_MAX}`,
  );
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
