import type { MoonshineOptions } from '../lib/moonshine-recognizer.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import type { AmazonTranscribeOptions } from './amazon-transcribe-recognizer.ts';
import type { DeepgramOptions } from './deepgram-recognizer.ts';
import { createPatientRecognizer } from './patient-recognizer.ts';
import type { SherpaOptions } from './sherpa-recognizer.ts';

/** An engine by name with its options. */
export type RecognizerConfig =
  | ({ readonly engine: 'moonshine' } & MoonshineOptions)
  | ({ readonly engine: 'sherpa' } & SherpaOptions)
  | ({ readonly engine: 'amazon-transcribe' } & AmazonTranscribeOptions)
  | ({ readonly engine: 'deepgram' } & DeepgramOptions);

/**
 * Loads the code of the chosen engine only; metered ones are not asked for speculations. Throws what the engine's
 * factory throws.
 */
export async function createRecognizer(config: RecognizerConfig): Promise<SpeechRecognizer> {
  switch (config.engine) {
    case 'moonshine': {
      const { createMoonshineRecognizer } = await import('../lib/moonshine-recognizer.ts');
      return await createMoonshineRecognizer(config);
    }
    case 'sherpa': {
      const { createSherpaRecognizer } = await import('./sherpa-recognizer.ts');
      return await createSherpaRecognizer(config);
    }
    case 'amazon-transcribe': {
      const { createAmazonTranscribeRecognizer } = await import('./amazon-transcribe-recognizer.ts');
      return createPatientRecognizer(await createAmazonTranscribeRecognizer(config));
    }
    case 'deepgram': {
      const { createDeepgramRecognizer } = await import('./deepgram-recognizer.ts');
      return createPatientRecognizer(await createDeepgramRecognizer(config));
    }
  }
}
