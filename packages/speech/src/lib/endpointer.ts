import { msToSamples } from '@earshot/domain';
import { closeCut, splitCut, stepCut, type CutState, type OpenSpeech } from './cut-machine.ts';
import { endpointerSettings, type EndpointerOptions, type EndpointerSettings } from './endpointer-options.ts';
import type { EndpointerSnapshot } from './endpointer-snapshot.ts';
import { GATE_LEAD_SAMPLES, GatedActivity } from './gated-activity.ts';
import { quietestOffset } from './loudness.ts';
import { PcmWindow } from './pcm-window.ts';
import { sliceHardSegment, sliceSegment } from './segment-slice.ts';
import { speechOf, type SpeechCutCause, type SpeechSegment } from './speech-segment.ts';
import { isSteadySound } from './steady-sound.ts';
import { VAD_FRAME_SAMPLES, type VoiceActivityDetector } from './voice-activity.ts';

const HARD_CUT_SEARCH_SAMPLES = msToSamples(800);

/**
 * Cuts one speaker's audio into segments. A pure function of the samples: chunking, pace and snapshots change
 * nothing. Holds at most `segmentMsMax` and the rolls; `push` judges frame by frame, so await it before the next.
 */
export class Endpointer {
  readonly #detector: Pick<VoiceActivityDetector, 'open'>;
  readonly #settings: EndpointerSettings;
  readonly #window: PcmWindow;
  readonly #activity: GatedActivity;
  #cut: CutState;
  #likely: { readonly endSample: number; readonly segment: SpeechSegment | undefined } | undefined;
  #judged:
    { readonly startSample: number; readonly endSample: number; readonly isSteady: boolean } | undefined;
  #busy = false;

  private constructor(
    detector: Pick<VoiceActivityDetector, 'open'>,
    settings: EndpointerSettings,
    from: EndpointerSnapshot | undefined,
  ) {
    this.#detector = detector;
    this.#settings = settings;
    this.#cut = from?.cut ?? { processedSample: 0, floorSample: 0, open: null };
    const capacity = msToSamples(settings.segmentMsMax + settings.preRollMs) + 8 * VAD_FRAME_SAMPLES;
    this.#window = new PcmWindow(capacity, from?.anchorSample ?? 0);
    const track = detector.open(from && Uint8Array.from(Buffer.from(from.voiceActivity, 'base64')));
    const gate = { heardSample: from?.heardSample ?? 0, gateOpenUntilSample: from?.gateOpenUntilSample ?? 0 };
    this.#activity = new GatedActivity(track, this.#window, settings.energyGateDbfs, gate);
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
   * the same samples, whether it comes as `pause` or `flush`; `undefined` where speech has resumed or was cut, and
   * where it will be dropped for a steady sound.
   */
  get likely(): SpeechSegment | undefined {
    const { open, processedSample } = this.#cut;
    if (open === null || open.speechSamples < msToSamples(this.#settings.speechMsMin)) return undefined;
    const decodeEnd = open.endSample + Math.max(this.#postRollSamples, VAD_FRAME_SAMPLES);
    if (Math.min(processedSample, this.#window.endSample) < decodeEnd) return undefined;
    if (this.#likely?.endSample !== open.endSample)
      this.#likely = { endSample: open.endSample, segment: this.#slice(open, 'pause')[0] };
    return this.#likely.segment;
  }

  /** Open speech so far, as a flush would cut it now; copies its samples. `undefined` in silence and steady sound. */
  openSegment(): SpeechSegment | undefined {
    const { open } = this.#cut;
    return open === null ? undefined : this.#slice(open, 'flush')[0];
  }

  /** The earliest sample that has to be pushed again to go on from `snapshot()`. */
  get anchorSample(): number {
    const { processedSample, open } = this.#cut;
    const lead = Math.max(msToSamples(this.#settings.preRollMs), GATE_LEAD_SAMPLES);
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
      const segments = spoken && open.startSample < end ? this.#slice(open, 'flush') : [];
      this.#cut = { processedSample: end, floorSample: end, open: null };
      this.#activity.restart(this.#detector.open(), end);
      return Promise.resolve(segments);
    });
  }

  /** The state after the last judged frame. */
  snapshot(): EndpointerSnapshot {
    return {
      version: 1,
      anchorSample: this.anchorSample,
      cut: this.#cut,
      ...this.#activity.state,
      voiceActivity: Buffer.from(this.#activity.snapshot()).toString('base64'),
    };
  }

  get #postRollSamples(): number {
    return msToSamples(this.#settings.postRollMs);
  }

  #slice(open: OpenSpeech, cause: SpeechCutCause): readonly SpeechSegment[] {
    return this.#spoken(sliceSegment(this.#window, open, this.#postRollSamples, cause));
  }

  /** Nothing for what the detector took for a voice and is none. */
  #spoken(segment: SpeechSegment): readonly SpeechSegment[] {
    const { startSample, endSample } = segment;
    if (this.#judged?.startSample !== startSample || this.#judged.endSample !== endSample) {
      const isSteady = isSteadySound(speechOf(segment), this.#settings);
      this.#judged = { startSample, endSample, isSteady };
    }
    return this.#judged.isSteady ? [] : [segment];
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

  async #judgeFrame(): Promise<readonly SpeechSegment[]> {
    const { processedSample, open } = this.#cut;
    const probability = await this.#activity.probability(processedSample, open !== null);
    const { state, due } = stepCut(this.#cut, this.#settings, { samples: VAD_FRAME_SAMPLES, probability });
    this.#cut = state;
    const segments = due === null || state.open === null ? [] : this.#cutOff(state, state.open, due);
    if (due !== null) this.#activity.stayOpen(state.processedSample);
    this.#window.dropBefore(this.anchorSample);
    return segments;
  }

  #cutOff(state: CutState, open: OpenSpeech, due: 'pause' | 'long' | 'hard'): readonly SpeechSegment[] {
    if (due !== 'hard') {
      this.#cut = closeCut(state);
      return this.#slice(open, due);
    }
    const searchStart = state.processedSample - HARD_CUT_SEARCH_SAMPLES;
    const cutSample = searchStart + quietestOffset(this.#window.view(searchStart, state.processedSample));
    this.#cut = splitCut(state, open, cutSample);
    return this.#spoken(sliceHardSegment(this.#window, open, cutSample));
  }
}
