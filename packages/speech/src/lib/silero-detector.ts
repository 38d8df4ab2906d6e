import { TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { readModel, type ModelFile } from './model-file.ts';
import { speechError } from './speech-error.ts';
import { VAD_FRAME_SAMPLES, type VoiceActivityDetector, type VoiceActivityTrack } from './voice-activity.ts';

export interface SileroOptions {
  /** Other weights with the same inputs as Silero v5. Default: those of `@ricky0123/vad-web` 0.0.22. */
  readonly model?: ModelFile;
}

const SILERO_V5: ModelFile = {
  packageName: '@ricky0123/vad-web',
  path: 'dist/silero_vad_v5.onnx',
  sha256: '2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f',
};

/** At 8 kHz the graph wants the last 32 samples of the frame before in front of each frame. */
const CONTEXT_SAMPLES = 32;
const STATE_SHAPE = [2, 1, 128] as const;
const STATE_FLOATS = 256;
const CONTEXT_BYTES = CONTEXT_SAMPLES * Float32Array.BYTES_PER_ELEMENT;
const SNAPSHOT_BYTES = STATE_FLOATS * Float32Array.BYTES_PER_ELEMENT + CONTEXT_BYTES;
const FULL_SCALE = 32_768;

type Runtime = typeof import('onnxruntime-node');

/**
 * Silero v5 at its native 8 kHz. Make one per process: it holds the only session, a track is 1.2 kB of state.
 * A frame costs about 0.15 ms on the calling thread.
 *
 * Throws `speech.model-missing`, `speech.model-corrupt`, `speech.model-load-failed`.
 */
export async function createSileroDetector(options: SileroOptions = {}): Promise<VoiceActivityDetector> {
  const { bytes } = await readModel(options.model ?? SILERO_V5);
  const runtime = await loadRuntime();
  const session = await runtime.InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  let closing: Promise<void> | undefined;
  return {
    open: (snapshot) => new SileroTrack(runtime, session, snapshot),
    close: () => (closing ??= session.release()),
  };
}

async function loadRuntime(): Promise<Runtime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw speechError('speech.model-load-failed', 'Cannot load onnxruntime-node for this platform', cause);
  }
}

class SileroTrack implements VoiceActivityTrack {
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #rate: Tensor;
  #state = new Float32Array(STATE_FLOATS);
  #context = new Float32Array(CONTEXT_SAMPLES);

  constructor(runtime: Runtime, session: InferenceSession, snapshot: Uint8Array | undefined) {
    this.#runtime = runtime;
    this.#session = session;
    this.#rate = new runtime.Tensor('int64', BigInt64Array.of(BigInt(TELEPHONY_SAMPLE_RATE_HZ)), []);
    if (snapshot !== undefined) this.#restore(snapshot);
  }

  async probability(frame: Int16Array): Promise<number> {
    if (frame.length !== VAD_FRAME_SAMPLES) {
      throw new RangeError(`Cannot judge a frame of ${frame.length} samples: want ${VAD_FRAME_SAMPLES}`);
    }
    const input = new Float32Array(CONTEXT_SAMPLES + VAD_FRAME_SAMPLES);
    input.set(this.#context);
    for (const [index, sample] of frame.entries()) input[CONTEXT_SAMPLES + index] = sample / FULL_SCALE;
    const { Tensor } = this.#runtime;
    const result = await this.#session.run({
      input: new Tensor('float32', input, [1, input.length]),
      state: new Tensor('float32', this.#state, STATE_SHAPE),
      sr: this.#rate,
    });
    this.#state = floats(result['stateN'], STATE_FLOATS);
    this.#context = input.slice(-CONTEXT_SAMPLES);
    return floats(result['output'], 1)[0] ?? 0;
  }

  snapshot(): Uint8Array {
    const bytes = new Uint8Array(SNAPSHOT_BYTES);
    const view = new DataView(bytes.buffer);
    for (const [index, value] of [...this.#state, ...this.#context].entries())
      view.setFloat32(index * 4, value, true);
    return bytes;
  }

  #restore(snapshot: Uint8Array): void {
    if (snapshot.byteLength !== SNAPSHOT_BYTES) {
      throw speechError(
        'speech.snapshot-invalid',
        `Cannot restore voice activity: ${snapshot.byteLength} bytes, want ${SNAPSHOT_BYTES}`,
      );
    }
    const view = new DataView(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength);
    this.#state = Float32Array.from({ length: STATE_FLOATS }, (_, index) => view.getFloat32(index * 4, true));
    this.#context = Float32Array.from({ length: CONTEXT_SAMPLES }, (_, index) =>
      view.getFloat32((STATE_FLOATS + index) * 4, true),
    );
  }
}

function floats(tensor: Tensor | undefined, length: number): Float32Array<ArrayBuffer> {
  if (tensor?.data instanceof Float32Array && tensor.data.length === length)
    return Float32Array.from(tensor.data);
  throw speechError(
    'speech.model-load-failed',
    'Cannot use voice activity model: its outputs are not those of Silero v5',
  );
}
