import type { MoonshineOptions } from '../lib/moonshine-recognizer.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import type { AmazonTranscribeOptions } from './amazon-transcribe-recognizer.ts';
import type { DeepgramOptions } from './deepgram-recognizer.ts';
import { createPatientRecognizer } from './patient-recognizer.ts';
import type { SherpaOptions } from './sherpa-recognizer.ts';

/** What is known of an engine before it is made. */
export interface EngineAbilities {
  /** Where the audio goes. */
  readonly runs: 'here' | 'elsewhere';
  /** Every decode is paid for by the second of audio: speculation and partials cost. */
  readonly metered: boolean;
  /** `named`: a list that exists at the vendor; `words`: phrases handed over. */
  readonly vocabulary: 'none' | 'named' | 'words';
  /** `of-model`: as the operator's model has them. */
  readonly wordTimes: 'yes' | 'no' | 'of-model';
}

export const speechEngines = {
  moonshine: { runs: 'here', metered: false, vocabulary: 'none', wordTimes: 'no' },
  sherpa: { runs: 'here', metered: false, vocabulary: 'none', wordTimes: 'of-model' },
  'amazon-transcribe': { runs: 'elsewhere', metered: true, vocabulary: 'named', wordTimes: 'yes' },
  deepgram: { runs: 'elsewhere', metered: true, vocabulary: 'words', wordTimes: 'yes' },
} as const satisfies Readonly<Record<string, EngineAbilities>>;

export type SpeechEngine = keyof typeof speechEngines;

/** An engine by name with its options. */
export type RecognizerConfig =
  | ({ readonly engine: 'moonshine' } & MoonshineOptions)
  | ({ readonly engine: 'sherpa' } & SherpaOptions)
  | ({ readonly engine: 'amazon-transcribe' } & AmazonTranscribeOptions)
  | ({ readonly engine: 'deepgram' } & DeepgramOptions);

export function isSpeechEngine(name: string): name is SpeechEngine {
  return Object.hasOwn(speechEngines, name);
}

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
