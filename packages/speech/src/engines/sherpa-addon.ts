import { setImmediate } from 'node:timers/promises';

/** What every family answers; `tokens` and `timestamps` (s) may be empty. */
export interface SherpaResult {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly timestamps: readonly number[];
}

export interface NativeStream {
  acceptWaveform(audio: { readonly samples: Float32Array; readonly sampleRate: number }): void;
}

export interface OfflineRecognizer {
  createStream(): NativeStream;
  decodeAsync(stream: NativeStream): Promise<SherpaResult>;
}

export interface OnlineStream extends NativeStream {
  inputFinished(): void;
}

export interface OnlineRecognizer {
  createStream(): OnlineStream;
  isReady(stream: OnlineStream): boolean;
  decode(stream: OnlineStream): void;
  getResult(stream: OnlineStream): SherpaResult;
}

/** What we use of `sherpa-onnx-node` 1.13.8. */
export interface SherpaAddon {
  readonly OfflineRecognizer: { createAsync(config: object): Promise<OfflineRecognizer> };
  readonly OnlineRecognizer: new (config: object) => OnlineRecognizer;
}

export const MODEL_RATE_HZ = 16_000;

/** The online decoder only works on the caller's thread: others get their turn between its steps. */
export async function decodeReady(recognizer: OnlineRecognizer, stream: OnlineStream): Promise<void> {
  while (recognizer.isReady(stream)) {
    recognizer.decode(stream);
    await setImmediate();
  }
}
