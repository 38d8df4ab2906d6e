import type { RunningWorker } from '@earshot/queues';
import type { Logger } from '@earshot/telemetry';
import type { DecodePressure } from './decode-pressure.ts';
import type { IngestMetrics } from './ingest-metrics.ts';

const LOOK_INTERVAL_MS = 1000;
/** Fewer waits than this say nothing about the half of them. */
const WAITS_MIN = 5;
/** Calls are taken again once both figures have come down to this share of their limits. */
const RECOVERED_SHARE = 0.5;

export interface AdmissionLimits {
  /** Median wait for a text over the window, ms. */
  readonly waitMsMax: number;
  /** Texts asked for and not answered. */
  readonly waitingMax: number;
}

export interface AdmissionDeps {
  readonly pressure: Pick<DecodePressure, 'waitsMs' | 'waitingCount'>;
  readonly metrics: Pick<IngestMetrics, 'admissionOpen'>;
  readonly logger: Logger;
}

/**
 * Whether this process takes new calls. It takes none while the texts of those it has come late; they wait in the
 * queue for another process, or for this one to recover. Calls under way are not touched.
 */
export class Admission {
  readonly #deps: AdmissionDeps;
  readonly #limits: AdmissionLimits;
  #isOpen = true;

  constructor(deps: AdmissionDeps, limits: AdmissionLimits) {
    this.#deps = deps;
    this.#limits = limits;
    deps.metrics.admissionOpen.set(1);
  }

  /** Judges once more; answers whether new calls are taken. */
  look(): boolean {
    const { pressure, metrics, logger } = this.#deps;
    const waitMs = medianOf(pressure.waitsMs());
    const { waitingCount } = pressure;
    const share = Math.max(waitMs / this.#limits.waitMsMax, waitingCount / this.#limits.waitingMax);
    const isOpen = this.#isOpen ? share <= 1 : share <= RECOVERED_SHARE;
    if (isOpen === this.#isOpen) return isOpen;
    this.#isOpen = isOpen;
    metrics.admissionOpen.set(isOpen ? 1 : 0);
    const figures = { waitMs: Math.round(waitMs), waitingCount };
    if (isOpen) logger.info('admission.opened', figures);
    else logger.warn('admission.closed', { ...figures, ...this.#limits });
    return isOpen;
  }
}

/** Looks at intervals and pauses or resumes the worker accordingly, until the returned function is called. */
export function startAdmission(
  admission: Admission,
  worker: Pick<RunningWorker, 'pause' | 'resume'>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let running = Promise.resolve();
  let isTaking = true;
  const follow = async (): Promise<void> => {
    const isOpen = admission.look();
    if (isOpen === isTaking) return;
    await (isOpen ? worker.resume() : worker.pause());
    isTaking = isOpen;
  };
  const timer = setInterval(() => {
    running = running.then(follow).catch(onError);
  }, LOOK_INTERVAL_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

function medianOf(waitsMs: readonly number[]): number {
  if (waitsMs.length < WAITS_MIN) return 0;
  return waitsMs.toSorted((a, b) => a - b)[Math.floor(waitsMs.length / 2)] ?? 0;
}
