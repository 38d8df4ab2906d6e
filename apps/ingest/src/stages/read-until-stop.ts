import type { CallMediaEvent } from '@earshot/connect-media';
import type { EndedReason } from '@earshot/domain';
import type { SessionControl } from '../control.ts';

/** After a stop, media that has not come for this long will not come (the stream may have been stopped first). */
export const STOP_IDLE_MS = 1500;

/** Why reading ended; `fenced`: another worker reads on. */
export type ReadEnd = Exclude<EndedReason, 'failed'> | 'fenced';

/** Media events of one session; the last one says why there are no more. */
export type ReadEvent =
  Exclude<CallMediaEvent, { type: 'end' }> | { readonly type: 'readEnd'; readonly reason: ReadEnd };

/**
 * Passes the media of one session on until it is over: a fragment reaches the stop moment by the server's clock,
 * none comes any more after it, another contact appears, or the media ends. Nothing is cut inside a fragment.
 */
export async function* readUntilStop(
  events: AsyncIterable<CallMediaEvent>,
  control: Pick<SessionControl, 'look' | 'stopAtMs' | 'fenced'>,
): AsyncGenerator<ReadEvent, void, undefined> {
  let fragmentServerMs = 0;
  let firstMediaMs: number | undefined;
  let lastMediaMs = 0;
  for await (const event of events) {
    if (event.type === 'fragment' || event.type === 'fragmentEnd' || event.type === 'idle')
      await control.look();
    if (control.fenced) return yield readEnd('fenced');
    const stopAtMs = control.stopAtMs ?? Number.POSITIVE_INFINITY;
    if (event.type === 'fragment') {
      if (event.serverTimestampMs >= stopAtMs) return yield readEnd('stopped');
      fragmentServerMs = event.serverTimestampMs;
      firstMediaMs = undefined;
    } else if (event.type === 'audio') {
      firstMediaMs ??= event.mediaMs;
      lastMediaMs = event.mediaMs;
    } else if (event.type === 'end') {
      return yield readEnd(event.reason);
    }
    yield event;
    if (event.type === 'fragmentEnd') {
      const lastedMs = firstMediaMs === undefined ? 0 : lastMediaMs - firstMediaMs;
      if (fragmentServerMs + lastedMs >= stopAtMs) return yield readEnd('stopped');
    }
    if (event.type === 'idle' && event.idleMs >= STOP_IDLE_MS && Number.isFinite(stopAtMs))
      return yield readEnd('stopped');
  }
  return yield readEnd('media-ended');
}

function readEnd(reason: ReadEnd): ReadEvent {
  return { type: 'readEnd', reason };
}
