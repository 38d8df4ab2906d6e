/** How far the transcripts of each stream have come, as far as this process was told. */
export interface FinishedSpeech {
  note(streamId: string, startMs: number): void;
  has(streamId: string, startMs: number): boolean;
}

/** Streams of calls that go on; of more, the longest unheard of are forgotten. */
const STREAM_COUNT_MAX = 10_000;

export function createFinishedSpeech(onNote: (streamId: string, startMs: number) => void): FinishedSpeech {
  const newestMs = new Map<string, number>();
  return {
    note(streamId, startMs) {
      const knownMs = newestMs.get(streamId) ?? -1;
      newestMs.delete(streamId);
      newestMs.set(streamId, Math.max(startMs, knownMs));
      const [oldest] = newestMs.keys();
      if (newestMs.size > STREAM_COUNT_MAX && oldest !== undefined) newestMs.delete(oldest);
      onNote(streamId, startMs);
    },
    has: (streamId, startMs) => startMs <= (newestMs.get(streamId) ?? -1),
  };
}

/** Which speech the body of a `transcript` webhook is of; `undefined` when it is no such body. */
export function speechOfTranscript(
  body: string,
): { readonly streamId: string; readonly startMs: number } | undefined {
  const value = parse(body);
  if (!isRecord(value) || !isRecord(value['autotranscribeResponse'])) return undefined;
  const streamId = value['streamId'];
  const startMs = value['autotranscribeResponse']['start'];
  return typeof streamId === 'string' && typeof startMs === 'number' ? { streamId, startMs } : undefined;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
