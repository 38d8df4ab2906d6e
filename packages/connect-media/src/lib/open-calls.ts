import { LinkedAbort } from './linked-abort.ts';
import { mediaError } from './media-trouble.ts';

/** The calls of one source that are being read. */
export class OpenCalls {
  readonly #calls = new Set<LinkedAbort>();
  #isClosed = false;

  get count(): number {
    return this.#calls.size;
  }

  enter(signal: AbortSignal): LinkedAbort {
    const call = new LinkedAbort(signal);
    if (this.#isClosed) call.abort(closedError());
    this.#calls.add(call);
    return call;
  }

  leave(call: LinkedAbort): void {
    this.#calls.delete(call);
    call.abort();
  }

  /** Ends every call, and those that are still to come, with `media.closed`. */
  close(): void {
    this.#isClosed = true;
    for (const call of this.#calls) call.abort(closedError());
  }
}

function closedError() {
  return mediaError('media.closed', 'Cannot read media: the source was closed');
}
