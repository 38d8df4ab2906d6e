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
  /**
   * How words of open speech come. `whole`: all of it is decoded again for each; `of-model`: word by word where the
   * model streams, else `whole`; `by-local`: from the local engine, in its languages.
   */
  readonly partials: 'whole' | 'of-model' | 'by-local';
}

export const speechEngines = {
  moonshine: { runs: 'here', metered: false, vocabulary: 'none', wordTimes: 'no', partials: 'whole' },
  sherpa: { runs: 'here', metered: false, vocabulary: 'none', wordTimes: 'of-model', partials: 'of-model' },
  'amazon-transcribe': {
    runs: 'elsewhere',
    metered: true,
    vocabulary: 'named',
    wordTimes: 'yes',
    partials: 'by-local',
  },
  deepgram: { runs: 'elsewhere', metered: true, vocabulary: 'words', wordTimes: 'yes', partials: 'by-local' },
} as const satisfies Readonly<Record<string, EngineAbilities>>;

/** What turns speech into text, by name. */
export type SpeechEngine = keyof typeof speechEngines;

export function isSpeechEngine(name: string): name is SpeechEngine {
  return Object.hasOwn(speechEngines, name);
}
