import { samplesToMs, TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import { powerSpectrum, SPECTRUM_SAMPLES } from './power-spectrum.ts';

/** From where on sound is no speech. Shares are of the audible frames, above 0 and up to 1; `null`: all is speech. */
export interface SteadySoundLimits {
  /** Frames in telephone tones: keys, ringing, busy, fax. */
  readonly toneShareMin: number | null;
  /** Frames that sound as they did 64 ms before: held notes. */
  readonly musicShareMin: number | null;
  /** Shorter sound is not judged for music. */
  readonly musicMsMin: number;
}

export interface Steadiness {
  /** Frames within 64 ms of the two tones of a key. */
  readonly keyShare: number;
  /** Frames of one or two tones that stay. */
  readonly toneShare: number;
  readonly steadyShare: number;
}

const HOP_SAMPLES = SPECTRUM_SAMPLES / 2;
/** Between frames that share no sample. */
const APART_FRAMES = 2;
/** Below the loudest frame. */
const AUDIBLE_DB = 30;
/** About 0.2 s: less is no evidence. */
const AUDIBLE_FRAMES_MIN = 6;
/** Spread over the sound, so that a judgement takes no longer than 1 ms or so. */
const JUDGED_FRAMES_MAX = 32;
/** A look at this many tells most speech. */
const GLIMPSED_FRAMES_MAX = 8;
const GLIMPSED_SHARE_MIN = 0.3;
/** Hum of the mains and offsets of cheap converters lie below. */
const LOWEST_BIN = 6;
/** A Hann window spreads a tone over two bins on either side. */
const TONE_BINS = 2;
/** Of the energy of a frame, in its one or two tones. */
const TONE_ENERGY_MIN = 0.95;
const KEY_ENERGY_MIN = 0.85;
const KEY_TONE_ENERGY_MIN = 0.15;
/** Cosine between the magnitudes of two spectra. */
const LIKENESS_MIN = 0.9;
const NOTHING: Steadiness = { keyShare: 0, toneShare: 0, steadyShare: 0 };

/** Whether sound keeps its spectrum as no voice does. A pure function of the samples, 8 kHz. */
export function isSteadySound(pcm: Int16Array, limits: SteadySoundLimits): boolean {
  const { toneShareMin, musicShareMin, musicMsMin } = limits;
  const judgesMusic = musicShareMin !== null && samplesToMs(pcm.length) >= musicMsMin;
  if (toneShareMin === null && !judgesMusic) return false;
  const { keyShare, toneShare, steadyShare } = measureSteadiness(pcm);
  if (toneShareMin !== null && Math.max(keyShare, toneShare) >= toneShareMin) return true;
  return judgesMusic && steadyShare >= musicShareMin;
}

/** Nothing is steady where less than 0.2 s is audible. */
function measureSteadiness(pcm: Int16Array): Steadiness {
  const audible = audibleFrames(pcm);
  if (audible.length < AUDIBLE_FRAMES_MIN) return NOTHING;
  const glimpse = measureFrames(pcm, audible, GLIMPSED_FRAMES_MAX);
  if (Math.max(glimpse.keyShare, glimpse.steadyShare) < GLIMPSED_SHARE_MIN) return glimpse;
  return measureFrames(pcm, audible, JUDGED_FRAMES_MAX);
}

function measureFrames(pcm: Int16Array, audible: readonly number[], countMax: number): Steadiness {
  const judged = audible.filter((_, index) => index % Math.ceil(audible.length / countMax) === 0);
  const isAudible = new Set(audible);
  let [keys, tones, steady, compared] = [0, 0, 0, 0];
  for (const frame of judged) {
    const spectrum = spectrumAt(pcm, frame);
    const before = spectrumAt(pcm, frame - APART_FRAMES);
    if (isKey(spectrum) || isKey(before) || isKey(spectrumAt(pcm, frame + APART_FRAMES))) keys += 1;
    if (!isAudible.has(frame - APART_FRAMES)) continue;
    compared += 1;
    if (!isAlike(before, spectrum)) continue;
    steady += 1;
    if (isTone(spectrum)) tones += 1;
  }
  const ofCompared = Math.max(AUDIBLE_FRAMES_MIN / 2, compared);
  return { keyShare: keys / judged.length, toneShare: tones / ofCompared, steadyShare: steady / ofCompared };
}

/** Numbers of the frames that are not much quieter than the loudest. */
function audibleFrames(pcm: Int16Array): readonly number[] {
  const energies: number[] = [];
  for (let offset = 0; offset + SPECTRUM_SAMPLES <= pcm.length; offset += HOP_SAMPLES) {
    let energy = 0;
    for (let index = offset; index < offset + SPECTRUM_SAMPLES; index += 1) energy += (pcm[index] ?? 0) ** 2;
    energies.push(energy);
  }
  const least = Math.max(0, ...energies) / 10 ** (AUDIBLE_DB / 10);
  return [...energies.keys()].filter((frame) => (energies[frame] ?? 0) > least);
}

/** Silence where the sound does not reach. */
function spectrumAt(pcm: Int16Array, frame: number): Float64Array {
  const start = Math.max(0, frame * HOP_SAMPLES);
  const spectrum = powerSpectrum(pcm.subarray(start, start + SPECTRUM_SAMPLES));
  return spectrum.fill(0, 0, LOWEST_BIN);
}

function isAlike(before: Float64Array, after: Float64Array): boolean {
  let both = 0;
  for (let bin = LOWEST_BIN; bin < after.length; bin += 1) {
    both += Math.sqrt((before[bin] ?? 0) * (after[bin] ?? 0));
  }
  return both >= LIKENESS_MIN * Math.sqrt(energyOf(before) * energyOf(after));
}

/** Whether all is in the two strongest tones. */
function isTone(spectrum: Float64Array): boolean {
  const first = strongestBin(spectrum, -1);
  const second = strongestBin(spectrum, first);
  const inTones = energyAround(spectrum, first) + energyAround(spectrum, second);
  return inTones >= TONE_ENERGY_MIN * energyOf(spectrum);
}

/** The strongest bin out of reach of the tone at `taken`. */
function strongestBin(spectrum: Float64Array, taken: number): number {
  let best = 0;
  for (let bin = LOWEST_BIN; bin < spectrum.length; bin += 1) {
    if (taken >= 0 && Math.abs(bin - taken) <= 2 * TONE_BINS) continue;
    if ((spectrum[bin] ?? 0) > (spectrum[best] ?? 0)) best = bin;
  }
  return best;
}

/** Frequencies of ITU-T Q.23. */
function isKey(spectrum: Float64Array): boolean {
  const whole = energyOf(spectrum);
  const row = loudestOf(spectrum, [697, 770, 852, 941]);
  const column = loudestOf(spectrum, [1209, 1336, 1477, 1633]);
  return row + column >= KEY_ENERGY_MIN * whole && Math.min(row, column) > KEY_TONE_ENERGY_MIN * whole;
}

function loudestOf(spectrum: Float64Array, tonesHz: readonly number[]): number {
  const binsPerHz = SPECTRUM_SAMPLES / TELEPHONY_SAMPLE_RATE_HZ;
  return Math.max(...tonesHz.map((hz) => energyAround(spectrum, Math.round(hz * binsPerHz))));
}

function energyAround(spectrum: Float64Array, middle: number): number {
  let sum = 0;
  for (let bin = middle - TONE_BINS; bin <= middle + TONE_BINS; bin += 1) sum += spectrum[bin] ?? 0;
  return sum;
}

function energyOf(spectrum: Float64Array): number {
  let sum = 0;
  for (let bin = 0; bin < spectrum.length; bin += 1) sum += spectrum[bin] ?? 0;
  return sum;
}
