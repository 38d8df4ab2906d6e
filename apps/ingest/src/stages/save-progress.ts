import type { CallAudio, ResumePoint } from '../call-audio.ts';
import type { CallRecorder } from '../recording/call-recorder.ts';
import type { Committer, Progress } from './commit.ts';

export interface ProgressSaverOptions {
  readonly committer: Pick<Committer, 'saveProgress'>;
  readonly audio: CallAudio;
  /** Of calls that are recorded. */
  readonly recorder: CallRecorder | undefined;
}

/** Saves where a call stands. What is recorded goes as far as that, and a take-over begins no later than that. */
export class ProgressSaver {
  readonly #options: ProgressSaverOptions;
  #last: (Progress & { readonly point: ResumePoint }) | undefined;

  constructor(options: ProgressSaverOptions) {
    this.#options = options;
  }

  async save(step: Progress): Promise<void> {
    const { committer, audio, recorder } = this.#options;
    if (step.point !== undefined) {
      this.#last = { ...step, point: step.point };
      recorder?.settle(step.point.reach, audio.zeroMediaMs);
    }
    await committer.saveProgress(step);
  }

  /**
   * After the last step: the rest of the recording becomes a part, and whoever goes on with the call need not hear it again.
   *
   * @param isOver nobody goes on with the call
   */
  async close(isOver: boolean): Promise<void> {
    const { committer, audio, recorder } = this.#options;
    if (recorder === undefined) return;
    await recorder.close(isOver ? { zeroMediaMs: audio.zeroMediaMs } : undefined);
    if (isOver || this.#last === undefined) return;
    const point = audio.moveUp(this.#last.point, recorder.heldSamples);
    await committer.saveProgress({ ...this.#last, point });
  }
}
