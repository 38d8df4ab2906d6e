import type { Clock } from '@earshot/domain';
import type { LivePartial } from '@earshot/queues';
import type { Logger } from '@earshot/telemetry';
import type { EndpointDirectory, EndpointVisit } from '../endpoint-directory.ts';
import { post } from '../post.ts';
import type { FinishedSpeech } from './finished-speech.ts';
import { partialMessage } from './partial-body.ts';
import type { PartialMetrics, PartialOutcome } from './partial-metrics.ts';

export interface PartialSenderDeps {
  /** Of its own, so that no place and no socket is taken from transcripts. */
  readonly directory: Pick<EndpointDirectory, 'enter'>;
  readonly finished: Pick<FinishedSpeech, 'has'>;
  readonly metrics: PartialMetrics;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface PartialSender {
  /** Sends the partial to the endpoint, unless a newer one comes first. Never waits, never throws. */
  offer(endpointId: string, partial: LivePartial): void;
  /** The transcript of this speech is known: a partial of it that is being sent is broken off. */
  breakOff(streamId: string, startMs: number): void;
  /** Breaks everything off. */
  close(): Promise<void>;
}

const AGE_MS_MAX = 2000;
/** Endpoints times streams in which somebody speaks right now. */
const LINE_COUNT_MAX = 5000;

interface Waiting {
  readonly partial: LivePartial;
  readonly receivedAtMs: number;
}

/** What one endpoint gets of one stream: one POST at a time, and the newest of what came meanwhile. */
interface Line {
  readonly endpointId: string;
  waiting: Waiting | undefined;
  underWay: { readonly partial: LivePartial; readonly stop: AbortController } | undefined;
}

export function createPartialSender(deps: PartialSenderDeps): PartialSender {
  const lines = new Map<string, Line>();
  const runs = new Set<Promise<void>>();
  let closed = false;

  const run = async (key: string, line: Line): Promise<void> => {
    while (line.waiting !== undefined && !closed) {
      const { partial } = line.waiting;
      const stop = new AbortController();
      line.underWay = { partial, stop };
      const outcome = await sendNewest(deps, line, stop.signal);
      line.underWay = undefined;
      if (outcome !== undefined) deps.metrics.settled(outcome);
    }
    lines.delete(key);
  };

  return {
    offer(endpointId, partial) {
      if (closed) return;
      if (deps.finished.has(partial.streamId, partial.startMs)) return deps.metrics.settled('finished');
      const key = JSON.stringify([endpointId, partial.streamId]);
      const known = lines.get(key);
      if (known === undefined && lines.size >= LINE_COUNT_MAX) return deps.metrics.settled('crowded');
      const line: Line = known ?? { endpointId, waiting: undefined, underWay: undefined };
      if (line.waiting !== undefined) deps.metrics.settled('replaced');
      line.waiting = { partial, receivedAtMs: deps.clock.now() };
      if (known !== undefined) return;
      lines.set(key, line);
      const running = run(key, line).finally(() => runs.delete(running));
      runs.add(running);
    },
    breakOff(streamId, startMs) {
      for (const { underWay } of lines.values()) {
        if (underWay?.partial.streamId === streamId && underWay.partial.startMs <= startMs) {
          underWay.stop.abort();
        }
      }
    },
    async close() {
      closed = true;
      for (const { underWay } of lines.values()) underWay?.stop.abort();
      await Promise.all(runs);
    },
  };
}

/**
 * Waits for a place at the endpoint, then sends what is the newest by then. Never rejects. Answers nothing when speech that
 * began later came while it waited: that is for the next turn.
 */
async function sendNewest(
  deps: PartialSenderDeps,
  line: Line,
  stop: AbortSignal,
): Promise<PartialOutcome | undefined> {
  const { tenantId } = line.waiting?.partial ?? {};
  const signal = AbortSignal.any([stop, AbortSignal.timeout(AGE_MS_MAX)]);
  try {
    if (tenantId === undefined) return 'gone';
    const entered = await deps.directory.enter(tenantId, line.endpointId, signal);
    if (entered.type === 'entered') {
      try {
        return await send(deps, take(line), entered.visit, stop);
      } finally {
        entered.visit.leave();
      }
    }
    if (stop.aborted && !isFinished(deps, line.waiting)) return undefined;
    take(line);
    if (entered.type === 'unknown') return 'gone';
    return stop.aborted ? 'finished' : 'late';
  } catch (error) {
    take(line);
    deps.logger.warn('partial.not-sent', { endpointId: line.endpointId, error });
    return 'failed';
  }
}

function isFinished({ finished }: PartialSenderDeps, waiting: Waiting | undefined): boolean {
  return waiting === undefined || finished.has(waiting.partial.streamId, waiting.partial.startMs);
}

function take(line: Line): Waiting | undefined {
  const { waiting } = line;
  line.waiting = undefined;
  return waiting;
}

async function send(
  deps: PartialSenderDeps,
  waiting: Waiting | undefined,
  { entry }: EndpointVisit,
  stop: AbortSignal,
): Promise<PartialOutcome> {
  const { endpoint, url, auth, dispatcher } = entry;
  if (waiting === undefined || !endpoint.enabled || !endpoint.partials) return 'gone';
  if (endpoint.stateReason !== undefined || endpoint.pausedAtMs !== undefined) return 'gone';
  const { partial, receivedAtMs } = waiting;
  const nowMs = deps.clock.now();
  const leftMs = AGE_MS_MAX - (nowMs - receivedAtMs);
  if (leftMs <= 0) return 'late';
  if (stop.aborted || isFinished(deps, waiting)) return 'finished';
  const timeoutMs = Math.min(endpoint.timeoutMs, leftMs);
  const message = partialMessage(partial, endpoint.endpointId);
  const options = { userAgent: deps.userAgent, nowMs, signal: stop };
  const outcome = await post({ url, auth, dispatcher, timeoutMs }, message, options);
  if (outcome.type === 'aborted') return 'finished';
  return outcome.type === 'answered' && outcome.status >= 200 && outcome.status < 300 ? 'sent' : 'failed';
}
