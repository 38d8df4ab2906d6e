import type { CallMediaEvent } from '@earshot/connect-media';
import type { EndedReason } from '@earshot/domain';
import type { SessionControl } from '../control.ts';

/** After a stop, media that has not come for this long will not come (the stream may have been stopped first). */
const STOP_IDLE_MS = 1500;

/** Why reading ended; `fenced`: another worker reads on; `handed-over`: another worker is to read on. */
export type ReadEnd = Exclude<EndedReason, 'failed'> | 'fenced' | 'handed-over';

/** Media events of one session; the last one says why there are no more. */
export type ReadEvent =
  Exclude<CallMediaEvent, { type: 'end' }> | { readonly type: 'readEnd'; readonly reason: ReadEnd };

/**
 * Passes the media of one session on until it is over: a fragment reaches the stop moment by the server's clock,
 * none comes any more after it, another contact appears, or the media ends. Nothing is cut inside a fragment.
 *
 * @param leaving once it fires, reading ends as soon as no fragment is being heard
 */
export async function* readUntilStop(
  events: AsyncIterable<CallMediaEvent>,
  control: Pick<SessionControl, 'look' | 'stopAtMs' | 'fenced'>,
  leaving: AbortSignal,
): AsyncGenerator<ReadEvent, void, undefined> {
  let fragmentServerMs = 0;
  let firstMediaMs: number | undefined;
  let lastMediaMs = 0;
  for await (const event of events) {
    if (event.type === 'audio') {
      firstMediaMs ??= event.mediaMs;
      lastMediaMs = event.mediaMs;
      yield event;
      continue;
    }
    await control.look();
    if (control.fenced) return yield readEnd('fenced');
    const stopAtMs = control.stopAtMs ?? Number.POSITIVE_INFINITY;
    if (event.type === 'fragment') {
      if (event.serverTimestampMs >= stopAtMs) return yield readEnd('stopped');
      fragmentServerMs = event.serverTimestampMs;
      firstMediaMs = undefined;
    } else if (event.type === 'end') {
      return yield readEnd(event.reason);
    }
    if (leaving.aborted && (event.type === 'fragment' || event.type === 'idle'))
      return yield readEnd('handed-over');
    yield event;
    if (event.type === 'fragmentEnd') {
      const lastedMs = firstMediaMs === undefined ? 0 : lastMediaMs - firstMediaMs;
      if (fragmentServerMs + lastedMs >= stopAtMs) return yield readEnd('stopped');
      if (leaving.aborted) return yield readEnd('handed-over');
    }
    if (event.type === 'idle' && event.idleMs >= STOP_IDLE_MS && Number.isFinite(stopAtMs))
      return yield readEnd('stopped');
  }
  return yield readEnd('media-ended');
}

function readEnd(reason: ReadEnd): ReadEvent {
  return { type: 'readEnd', reason };
}
