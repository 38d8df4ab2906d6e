import { createEventParser, type ServerEvent } from './event-parser.ts';

/**
 * The events of an answer until it ends, breaks, is silent for `silenceMs` or the signal fires: all of them are the
 * end of the connection and no error.
 */
export async function* readServerEvents(
  response: Response,
  { silenceMs, signal }: { readonly silenceMs: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<ServerEvent> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const decoder = new TextDecoder();
  const parser = createEventParser();
  try {
    for (;;) {
      const bytes = await readWithin(reader, silenceMs, signal);
      if (bytes === undefined) return;
      yield* parser.push(decoder.decode(bytes, { stream: true }));
    }
  } finally {
    // Whether the other side still takes notice of it does not matter.
    await reader.cancel().catch(() => undefined);
  }
}

/** Raced rather than left to the signal of the request: `fetch` holds on to that weakly, see `tryOnce`. */
async function readWithin(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  silenceMs: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  const { promise: given, resolve } = Promise.withResolvers<undefined>();
  const giveUp = (): void => resolve(undefined);
  const timer = setTimeout(giveUp, silenceMs);
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted === true) giveUp();
  try {
    const read = reader.read().then(
      ({ value }) => value,
      () => undefined,
    );
    return await Promise.race([read, given]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}
