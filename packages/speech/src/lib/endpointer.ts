import { msToSamples } from '@earshot/domain';
import { closeCut, splitCut, stepCut, type CutState, type OpenSpeech } from './cut-machine.ts';
import { endpointerSettings, type EndpointerOptions, type EndpointerSettings } from './endpointer-options.ts';
import type { EndpointerSnapshot } from './endpointer-snapshot.ts';
import { loudnessDbfs, quietestOffset } from './loudness.ts';
import { PcmWindow } from './pcm-window.ts';
import { sliceHardSegment, sliceSegment } from './segment-slice.ts';
import type { SpeechCutCause, SpeechSegment } from './speech-segment.ts';
import { VAD_FRAME_SAMPLES, type VoiceActivityDetector, type VoiceActivityTrack } from './voice-activity.ts';

const HARD_CUT_SEARCH_SAMPLES = msToSamples(800);
const GATE_OPEN_FRAMES = 8;
const GATE_REPLAY_FRAMES = 4;

/**
 * Cuts one speaker's audio into segments. A pure function of the samples: chunking, pace and snapshots change
 * nothing. Holds at most `segmentMsMax` and the rolls; `push` judges frame by frame, so await it before the next.
 */
export class Endpointer {
  readonly #detector: Pick<VoiceActivityDetector, 'open'>;
  readonly #settings: EndpointerSettings;
  readonly #window: PcmWindow;
  #track: VoiceActivityTrack;
  #cut: CutState;
  #heardSample: number;
  #gateOpenUntilSample: number;
  #likely: SpeechSegment | undefined;
  #busy = false;

  private constructor(
    detector: Pick<VoiceActivityDetector, 'open'>,
    settings: EndpointerSettings,
    from: EndpointerSnapshot | undefined,
  ) {
    this.#detector = detector;
    this.#settings = settings;
    this.#track = detector.open(from && Uint8Array.from(Buffer.from(from.voiceActivity, 'base64')));
    this.#cut = from?.cut ?? { processedSample: 0, floorSample: 0, open: null };
    this.#heardSample = from?.heardSample ?? 0;
    this.#gateOpenUntilSample = from?.gateOpenUntilSample ?? 0;
    const capacity = msToSamples(settings.segmentMsMax + settings.preRollMs) + 8 * VAD_FRAME_SAMPLES;
    this.#window = new PcmWindow(capacity, from?.anchorSample ?? 0);
  }

  /**
   * Starts at sample 0, or goes on from a snapshot taken under the same options.
   * Throws `speech.option-invalid`, `speech.snapshot-invalid`.
   */
  static create(
    detector: Pick<VoiceActivityDetector, 'open'>,
    options: EndpointerOptions = {},
    restored?: EndpointerSnapshot,
  ): Endpointer {
    return new Endpointer(detector, endpointerSettings(options), restored);
  }

  /** Every frame that ends at or before this sample has been judged. */
  get processedSamples(): number {
    return this.#cut.processedSample;
  }

  /** One past the last sample that was pushed; after a restore it starts at the anchor. */
  get receivedSamples(): number {
    return this.#window.endSample;
  }

  /** First sample of speech that has begun and is not cut yet; `null` in silence. */
  get openSample(): number | null {
    return this.#cut.open?.startSample ?? null;
  }

  /**
   * What the next pause would cut: open speech that has been silent for the post-roll. The segment of that cut has
   * the same samples, whether it comes as `pause` or `flush`; `undefined` where speech has resumed or was cut.
   */
  get likely(): SpeechSegment | undefined {
    const { open, processedSample } = this.#cut;
    if (open === null || open.speechSamples < msToSamples(this.#settings.speechMsMin)) return undefined;
    const decodeEnd = open.endSample + Math.max(this.#postRollSamples, VAD_FRAME_SAMPLES);
    if (Math.min(processedSample, this.#window.endSample) < decodeEnd) return undefined;
    if (this.#likely?.endSample !== open.endSample) this.#likely = this.#slice(open, 'pause');
    return this.#likely;
  }

  /** Open speech so far, as a flush would cut it now; copies its samples. `undefined` in silence. */
  openSegment(): SpeechSegment | undefined {
    const { open } = this.#cut;
    return open === null ? undefined : this.#slice(open, 'flush');
  }

  /** The earliest sample that has to be pushed again to go on from `snapshot()`. */
  get anchorSample(): number {
    const { processedSample, open } = this.#cut;
    const lead = Math.max(msToSamples(this.#settings.preRollMs), GATE_REPLAY_FRAMES * VAD_FRAME_SAMPLES);
    const wanted = open?.decodeStartSample ?? processedSample - lead;
    return Math.max(this.#window.startSample, wanted);
  }

  /** Takes audio of any length and answers with the segments that it completes. */
  async push(pcm: Int16Array): Promise<readonly SpeechSegment[]> {
    return await this.#exclusively(async () => {
      const segments: SpeechSegment[] = [];
      for (let offset = 0; offset < pcm.length;) {
        const take = Math.min(this.#missingSamples(), pcm.length - offset);
        this.#window.append(pcm.subarray(offset, offset + take));
        offset += take;
        if (this.#missingSamples() === 0) segments.push(...(await this.#judgeFrame()));
      }
      return segments;
    });
  }

  /** Cuts open speech at the last sample pushed. What is pushed later counts on, heard with a fresh memory. */
  async flush(): Promise<readonly SpeechSegment[]> {
    return await this.#exclusively(() => {
      const { open } = this.#cut;
      const end = this.#window.endSample;
      const spoken = open !== null && open.speechSamples >= msToSamples(this.#settings.speechMsMin);
      const segments = spoken && open.startSample < end ? [this.#slice(open, 'flush')] : [];
      this.#cut = { processedSample: end, floorSample: end, open: null };
      this.#heardSample = end;
      this.#track = this.#detector.open();
      return Promise.resolve(segments);
    });
  }

  /** The state after the last judged frame. */
  snapshot(): EndpointerSnapshot {
    return {
      version: 1,
      anchorSample: this.anchorSample,
      cut: this.#cut,
      heardSample: this.#heardSample,
      gateOpenUntilSample: this.#gateOpenUntilSample,
      voiceActivity: Buffer.from(this.#track.snapshot()).toString('base64'),
    };
  }

  get #postRollSamples(): number {
    return msToSamples(this.#settings.postRollMs);
  }

  #slice(open: OpenSpeech, cause: SpeechCutCause): SpeechSegment {
    return sliceSegment(this.#window, open, this.#postRollSamples, cause);
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new Error('Cannot push audio: the push before it has not ended');
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  #missingSamples(): number {
    return this.#cut.processedSample + VAD_FRAME_SAMPLES - this.#window.endSample;
  }

  async #judgeFrame(): Promise<SpeechSegment[]> {
    const probability = await this.#probability(this.#cut.processedSample);
    const { state, due } = stepCut(this.#cut, this.#settings, { samples: VAD_FRAME_SAMPLES, probability });
    const segments: SpeechSegment[] = [];
    if (due === 'hard' && state.open !== null) {
      const searchStart = state.processedSample - HARD_CUT_SEARCH_SAMPLES;
      const cutSample = searchStart + quietestOffset(this.#window.view(searchStart, state.processedSample));
      segments.push(sliceHardSegment(this.#window, state.open, cutSample));
      this.#cut = splitCut(state, state.open, cutSample);
    } else if (due !== null && state.open !== null) {
      segments.push(this.#slice(state.open, due));
      this.#cut = closeCut(state);
    } else {
      this.#cut = state;
    }
    if (due !== null)
      this.#gateOpenUntilSample = state.processedSample + GATE_OPEN_FRAMES * VAD_FRAME_SAMPLES;
    this.#window.dropBefore(this.anchorSample);
    return segments;
  }

  async #probability(start: number): Promise<number> {
    const end = start + VAD_FRAME_SAMPLES;
    const gate = this.#settings.energyGateDbfs;
    if (gate !== null && this.#cut.open === null) {
      const loud = loudnessDbfs(this.#window.view(start, end)) >= gate;
      if (loud) this.#gateOpenUntilSample = end + GATE_OPEN_FRAMES * VAD_FRAME_SAMPLES;
      if (!loud && end > this.#gateOpenUntilSample) return 0;
    }
    // A memory that slept hears the frames just before again, so that it does not take the onset for a click.
    const replay = Math.min(GATE_REPLAY_FRAMES, Math.floor((start - this.#heardSample) / VAD_FRAME_SAMPLES));
    for (let at = start - replay * VAD_FRAME_SAMPLES; at < start; at += VAD_FRAME_SAMPLES) {
      await this.#track.probability(this.#window.view(at, at + VAD_FRAME_SAMPLES).slice());
    }
    this.#heardSample = end;
    return await this.#track.probability(this.#window.view(start, end).slice());
  }
}
