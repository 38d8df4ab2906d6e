import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMoonshineRecognizer, createSileroDetector, transcribePcm } from '@earshot/speech';

/** What the real recogniser hears in one side of a call, in this process and unredacted. */
export async function hear(pcm: Int16Array): Promise<string> {
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'earshot-e2e-models-'));
  const detector = await createSileroDetector();
  const recognizer = await createMoonshineRecognizer({ cacheDirectory });
  try {
    const heard: string[] = [];
    for await (const { text } of transcribePcm({ pcm, detector, recognizer, language: 'en-US' }))
      heard.push(text);
    return heard.join(' ');
  } finally {
    await recognizer.close();
    await detector.close();
    await rm(cacheDirectory, { recursive: true, force: true });
  }
}
