import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { msToSamples, TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import { readWav, resamplePcm } from '@earshot/speech';
import { parseEvaluationManifest, type EvaluationClip } from '@earshot/speech/word-errors';
import { BenchError, type BenchContext } from '../bench.ts';
import { debianSpeech } from './debian-speech.ts';

export interface SpokenClip extends EvaluationClip {
  /** 8 kHz, first channel. */
  readonly pcm: Int16Array;
}

const CLIP_MS_MIN = 1000;
const CLIP_MS_MAX = 15_000;

/** Clips of 1 to 15 s, of a manifest or of Debian packages, at most `clipsMax` spread over all of them. */
export async function loadSpeechClips(
  context: Pick<BenchContext, 'checkout' | 'say' | 'signal'>,
  options: { readonly manifest: string | undefined; readonly clipsMax: number },
): Promise<SpokenClip[]> {
  const folder = join(context.checkout, '.earshot', 'cache', 'bench-speech');
  const named =
    options.manifest === undefined
      ? await debianSpeech(folder, context)
      : await readManifest(options.manifest);
  const clips: SpokenClip[] = [];
  for (const clip of named) {
    const pcm = await readClip(clip.path);
    if (pcm.length >= msToSamples(CLIP_MS_MIN) && pcm.length <= msToSamples(CLIP_MS_MAX))
      clips.push({ ...clip, pcm });
  }
  if (clips.length === 0) throw new BenchError('Cannot measure: no clip lasts 1 to 15 s');
  return spread(clips, options.clipsMax);
}

async function readManifest(path: string): Promise<EvaluationClip[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new BenchError(`Cannot read ${path}`, { cause });
  });
  return parseEvaluationManifest(text, path);
}

async function readClip(path: string): Promise<Int16Array> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new BenchError(`Cannot read ${path}`, { cause });
  });
  const { sampleRateHz, pcm } = readWav(bytes);
  return resamplePcm(pcm[0] ?? new Int16Array(0), sampleRateHz, TELEPHONY_SAMPLE_RATE_HZ);
}

/** Some of many, evenly. */
export function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]).filter(
    (item) => item !== undefined,
  );
}
