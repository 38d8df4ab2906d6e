export const TONE_AUDIO_MS = 1100;
export const TONE = { startMs: 300, endMs: 800 } as const;

/** A tone with 0.3 s of silence on both sides. */
export function toneBetweenSilences(): Int16Array {
  const pcm = new Int16Array(TONE_AUDIO_MS * 8);
  for (let index = TONE.startMs * 8; index < TONE.endMs * 8; index += 1)
    pcm[index] = Math.round(8000 * Math.sin(index / 3));
  return pcm;
}
