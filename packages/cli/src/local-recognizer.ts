import { join } from 'node:path';
import {
  createMoonshineRecognizer,
  createSileroDetector,
  type SpeechRecognizer,
  type VoiceActivityDetector,
} from '@earshot/speech';

/** What hears on this machine; its models stay in the cache of the working directory. */
export interface LocalEars {
  readonly detector: VoiceActivityDetector;
  readonly recognizer: SpeechRecognizer;
}

/** Opens the recogniser for the time of `use`. */
export async function withLocalEars<T>(cwd: string, use: (ears: LocalEars) => Promise<T>): Promise<T> {
  const detector = await createSileroDetector();
  try {
    const recognizer = await createMoonshineRecognizer({ cacheDirectory: join(cwd, '.earshot', 'cache') });
    try {
      return await use({ detector, recognizer });
    } finally {
      await recognizer.close();
    }
  } finally {
    await detector.close();
  }
}
