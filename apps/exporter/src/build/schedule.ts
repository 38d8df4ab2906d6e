import type { Logger } from '@earshot/telemetry';

export interface Schedule {
  start(): void;
  /** Looks for what is due now. */
  wake(): void;
  /** Breaks off what is under way; another process, or the next start, goes on with it. */
  close(): Promise<void>;
}

export interface ScheduleOptions {
  /** Does what is due now. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
  /** Default 60 000 ms. */
  readonly intervalMs?: number;
}

/** Also notices what nothing tells it: an hour that ended, a late utterance, a builder elsewhere that died. */
const INTERVAL_MS = 60_000;

/** Runs at once, then once a minute, and when it is woken. */
export function createSchedule({ run, logger, intervalMs = INTERVAL_MS }: ScheduleOptions): Schedule {
  const closing = new AbortController();
  let wake: () => void = () => undefined;
  let wasWoken = false;
  let running: Promise<void> | undefined;
  const rest = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, intervalMs);
    wake = resolve;
    if (wasWoken || closing.signal.aborted) resolve();
    await promise;
    clearTimeout(timer);
    wasWoken = false;
  };
  const repeat = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await run(closing.signal);
      } catch (error) {
        if (!closing.signal.aborted) logger.error('export.schedule-failed', { error });
      }
      await rest();
    }
  };
  return {
    start: () => void (running ??= repeat()),
    wake() {
      wasWoken = true;
      wake();
    },
    async close() {
      closing.abort();
      wake();
      await running;
    },
  };
}
