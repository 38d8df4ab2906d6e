import type { CreateEndpointer } from '@earshot/ingest';
import { Endpointer, type SpeechRecognizer } from '@earshot/speech';
import { createScriptedDetector, createScriptedRecognizer } from '@earshot/speech/testing';
import { fingerprint } from './fingerprint.ts';

/** What stands in for the models: frames with a sample over 1000 are speech. */
export interface ScriptedSpeech {
  readonly createEndpointer: CreateEndpointer;
  readonly recognizer: SpeechRecognizer;
}

export interface ScriptedSpeechOptions {
  readonly hangoverMs: number;
  /** What is heard in all speech. Default: a fingerprint of its audio. */
  readonly says?: string;
}

export function createScriptedSpeech({ hangoverMs, says }: ScriptedSpeechOptions): ScriptedSpeech {
  const detector = createScriptedDetector();
  return {
    createEndpointer: (_role, restored) => Endpointer.create(detector, { hangoverMs }, restored),
    recognizer: createScriptedRecognizer(({ pcm }) => says ?? fingerprint(pcm)),
  };
}
