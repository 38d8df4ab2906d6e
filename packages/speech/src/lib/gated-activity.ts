import type { PcmWindow } from './pcm-window.ts';
import { loudnessDbfs } from './loudness.ts';
import { VAD_FRAME_SAMPLES, type VoiceActivityTrack } from './voice-activity.ts';

const OPEN_FRAMES = 8;
const REPLAY_FRAMES = 4;
/** What a frame may hear again before it. */
export const GATE_LEAD_SAMPLES = REPLAY_FRAMES * VAD_FRAME_SAMPLES;

/** All that the gate depends on, apart from the audio and the detector's memory. JSON-safe. */
export interface GateState {
  /** One past the last sample the detector has heard; the gate spares it some. */
  readonly heardSample: number;
  readonly gateOpenUntilSample: number;
}

/** A detector that is spared frames too quiet to be speech while nobody speaks. */
export class GatedActivity {
  readonly #window: PcmWindow;
  readonly #gateDbfs: number | null;
  #track: VoiceActivityTrack;
  #state: GateState;

  constructor(track: VoiceActivityTrack, window: PcmWindow, gateDbfs: number | null, state: GateState) {
    this.#track = track;
    this.#window = window;
    this.#gateDbfs = gateDbfs;
    this.#state = state;
  }

  get state(): GateState {
    return this.#state;
  }

  snapshot(): Uint8Array {
    return this.#track.snapshot();
  }

  /** Keeps the gate open for a while from `sample` on: somebody has just spoken. */
  stayOpen(sample: number): void {
    this.#state = { ...this.#state, gateOpenUntilSample: sample + OPEN_FRAMES * VAD_FRAME_SAMPLES };
  }

  /** Hears what comes from `sample` on with the memory of `track`. */
  restart(track: VoiceActivityTrack, sample: number): void {
    this.#track = track;
    this.#state = { ...this.#state, heardSample: sample };
  }

  /** Probability that the frame from `frameStart` on holds speech; 0 where it is too quiet to be heard. */
  async probability(frameStart: number, isSpeaking: boolean): Promise<number> {
    const frameEnd = frameStart + VAD_FRAME_SAMPLES;
    if (!isSpeaking && !this.#lets(frameStart, frameEnd)) return 0;
    // A memory that slept hears the frames just before again, so that it does not take the onset for a click.
    const slept = Math.floor((frameStart - this.#state.heardSample) / VAD_FRAME_SAMPLES);
    const replay = Math.min(REPLAY_FRAMES, slept) * VAD_FRAME_SAMPLES;
    for (let start = frameStart - replay; start < frameStart; start += VAD_FRAME_SAMPLES) {
      await this.#hear(start);
    }
    this.#state = { ...this.#state, heardSample: frameEnd };
    return await this.#hear(frameStart);
  }

  #lets(frameStart: number, frameEnd: number): boolean {
    if (this.#gateDbfs === null) return true;
    const isLoud = loudnessDbfs(this.#window.view(frameStart, frameEnd)) >= this.#gateDbfs;
    if (isLoud) this.stayOpen(frameEnd);
    return isLoud || frameEnd <= this.#state.gateOpenUntilSample;
  }

  async #hear(start: number): Promise<number> {
    return await this.#track.probability(this.#window.view(start, start + VAD_FRAME_SAMPLES).slice());
  }
}
