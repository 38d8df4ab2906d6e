/** Samples that one spectrum covers: 64 ms at 8 kHz. A bin is 15.625 Hz wide. */
export const SPECTRUM_SAMPLES = 512;
const BITS = Math.log2(SPECTRUM_SAMPLES);
const HALF = SPECTRUM_SAMPLES / 2;

const turn = (index: number): number => (2 * Math.PI * index) / SPECTRUM_SAMPLES;
const cosines = Float64Array.from({ length: HALF }, (_, index) => Math.cos(turn(index)));
const sines = Float64Array.from({ length: HALF }, (_, index) => Math.sin(turn(index)));
const hann = Float64Array.from({ length: SPECTRUM_SAMPLES }, (_, index) => 0.5 - 0.5 * Math.cos(turn(index)));
const reversed = Uint16Array.from({ length: SPECTRUM_SAMPLES }, (_, index) => {
  let place = 0;
  for (let bit = 0; bit < BITS; bit += 1) if (((index >> bit) & 1) === 1) place |= 1 << (BITS - 1 - bit);
  return place;
});

/** Power of each of 256 bins of 512 samples under a Hann window, by the radix-2 transform. */
export function powerSpectrum(pcm: Int16Array): Float64Array {
  const real = new Float64Array(SPECTRUM_SAMPLES);
  const imaginary = new Float64Array(SPECTRUM_SAMPLES);
  for (let index = 0; index < SPECTRUM_SAMPLES; index += 1) {
    real[reversed[index] ?? 0] = (pcm[index] ?? 0) * (hann[index] ?? 0);
  }
  for (let size = 2; size <= SPECTRUM_SAMPLES; size *= 2) mergeHalves(real, imaginary, size);
  const power = new Float64Array(HALF);
  for (let bin = 0; bin < HALF; bin += 1) power[bin] = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
  return power;
}

function mergeHalves(real: Float64Array, imaginary: Float64Array, size: number): void {
  const half = size / 2;
  const step = SPECTRUM_SAMPLES / size;
  for (let start = 0; start < SPECTRUM_SAMPLES; start += size) {
    for (let index = 0; index < half; index += 1) {
      const low = start + index;
      const high = low + half;
      const cosine = cosines[index * step] ?? 0;
      const sine = sines[index * step] ?? 0;
      const turnedReal = (real[high] ?? 0) * cosine + (imaginary[high] ?? 0) * sine;
      const turnedImaginary = (imaginary[high] ?? 0) * cosine - (real[high] ?? 0) * sine;
      real[high] = (real[low] ?? 0) - turnedReal;
      imaginary[high] = (imaginary[low] ?? 0) - turnedImaginary;
      real[low] = (real[low] ?? 0) + turnedReal;
      imaginary[low] = (imaginary[low] ?? 0) + turnedImaginary;
    }
  }
}
