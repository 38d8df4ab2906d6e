import type { CreateEndpointer } from '@earshot/ingest';
import { Endpointer, type SpeechRecognizer } from '@earshot/speech';
import { createScriptedDetector, createScriptedRecognizer } from '@earshot/speech/testing';
import { fingerprint } from './fingerprint.ts';

/** What stands in for the models: frames with a sample over 1000 are speech, and a text is a fingerprint of its audio. */
export interface ScriptedSpeech {
  readonly createEndpointer: CreateEndpointer;
  readonly recognizer: SpeechRecognizer;
}

export function createScriptedSpeech({ hangoverMs }: { readonly hangoverMs: number }): ScriptedSpeech {
  const detector = createScriptedDetector();
  return {
    createEndpointer: (_role, restored) => Endpointer.create(detector, { hangoverMs }, restored),
    recognizer: createScriptedRecognizer(({ pcm }) => fingerprint(pcm)),
  };
}
