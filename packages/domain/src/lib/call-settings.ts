import type { SpeechEngine } from './speech-engine.ts';

/** Which forms of a call's words leave ingest; what is not redacted leaves it sealed. */
export type RedactionOutput = 'redacted' | 'unredacted' | 'redacted_and_unredacted';

/** What the start request asked for; governs everything derived from the session. */
export interface CallSettings {
  /** IETF tag as the engine knows it, for example `en-US`. */
  readonly language: string;
  /** What turns speech into text; absent in sessions of earlier releases, which take the default one. */
  readonly engine?: SpeechEngine;
  readonly detailedToken: boolean;
  readonly audioRecordingAllowed: boolean;
  readonly redactionOutput: RedactionOutput;
}

/** Where in the stream the audio of a session starts. `NOW`: at the moment the start was accepted, however late it is read. */
export type StartSelector =
  | { readonly type: 'NOW' }
  | {
      readonly type: 'FRAGMENT_NUMBER';
      /** 1..128 decimal digits; never a JavaScript number. */
      readonly afterFragmentNumber: string;
    };

/** The Kinesis video stream a session listens to. */
export interface MediaLocation {
  readonly streamArn: string;
  readonly selector: StartSelector;
}

/** Why a session ended. `failed` carries a code and a remedy in the session's `endedDetail`. */
export type EndedReason = 'stopped' | 'contact-changed' | 'media-ended' | 'failed';
