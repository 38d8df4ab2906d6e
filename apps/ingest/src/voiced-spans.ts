import { msToSamples, samplesToMs, type VoicedSpan } from '@earshot/domain';

const FRAME_SAMPLES = msToSamples(20);
/** A frame this much below the loudest one is no speech, nor is one below the floor. */
const BELOW_LOUDEST_DB = 26;
const FLOOR_DBFS = -55;
/** Stops within a word are shorter than this, clicks of the line shorter than that. */
const PAUSE_MS_MIN = 200;
const SPEECH_MS_MIN = 60;
const FULL_SCALE_SQUARED = 32_768 ** 2;

/** Where somebody speaks in a segment, in order and apart; ms from its first sample. Telephony samples. */
export function voicedSpans(pcm: Int16Array): readonly VoicedSpan[] {
  const levels = levelsOf(pcm);
  const threshold = Math.max(FLOOR_DBFS, Math.max(FLOOR_DBFS, ...levels) - BELOW_LOUDEST_DB);
  const spans: { startMs: number; endMs: number }[] = [];
  for (const [index, level] of levels.entries()) {
    if (level < threshold) continue;
    const startMs = samplesToMs(index * FRAME_SAMPLES);
    const endMs = samplesToMs(Math.min(pcm.length, (index + 1) * FRAME_SAMPLES));
    const last = spans.at(-1);
    if (last !== undefined && startMs - last.endMs < PAUSE_MS_MIN) last.endMs = endMs;
    else spans.push({ startMs, endMs });
  }
  return spans.filter(({ startMs, endMs }) => endMs - startMs >= SPEECH_MS_MIN);
}

/** dB below full scale, frame by frame. */
function levelsOf(pcm: Int16Array): readonly number[] {
  return Array.from({ length: Math.ceil(pcm.length / FRAME_SAMPLES) }, (_, index) => {
    const frame = pcm.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES);
    let energy = 0;
    for (const sample of frame) energy += sample * sample;
    return 10 * Math.log10(energy / (frame.length * FULL_SCALE_SQUARED));
  });
}
