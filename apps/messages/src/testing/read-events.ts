export interface ReceivedEvent {
  readonly id: string | undefined;
  /** `comment` for a comment. */
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventReader {
  /** The next event; `undefined` at the end of the stream. */
  next(): Promise<ReceivedEvent | undefined>;
  /** The next `count` events. */
  take(count: number): Promise<readonly ReceivedEvent[]>;
  /** Hangs up. */
  close(): Promise<void>;
}

/** Reads text/event-stream as a browser does, comments included and `retry` left out. */
export function readEvents(response: Response): EventReader {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error('Cannot read events: the answer has no body');
  let rest = '';
  const next = async (): Promise<ReceivedEvent | undefined> => {
    for (;;) {
      const end = rest.indexOf('\n\n');
      if (end < 0) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        rest += value;
        continue;
      }
      const block = rest.slice(0, end).split('\n');
      rest = rest.slice(end + 2);
      const field = (name: string): string | undefined =>
        block.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      if (block[0]?.startsWith(':') === true) return { id: undefined, event: 'comment', data: {} };
      const data = field('data');
      if (data === undefined) continue;
      return { id: field('id'), event: field('event') ?? 'message', data: asObject(JSON.parse(data)) };
    }
  };
  return {
    next,
    async take(count) {
      const taken: ReceivedEvent[] = [];
      while (taken.length < count) {
        const event = await next();
        if (event === undefined) throw new Error(`The stream ended after ${taken.length} of ${count} events`);
        taken.push(event);
      }
      return taken;
    },
    close: () => reader.cancel().catch(() => undefined),
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('Expected the data to be an object');
  return { ...value };
}
