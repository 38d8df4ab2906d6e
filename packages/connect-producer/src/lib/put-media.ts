import { request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { AppError } from '@earshot/domain';

/** What the service said about the fragments of one PutMedia connection. */
export interface PutMediaSummary {
  readonly fragments: number;
  readonly firstFragmentNumber: string | undefined;
  readonly lastFragmentNumber: string | undefined;
}

export interface PutMediaOptions {
  /** `http://host:port` of the service. */
  readonly endpointUrl: string;
  readonly streamName: string;
}

/** One open PutMedia request. */
export interface MediaUpload {
  /** Sends bytes of the document; waits while the service is behind. Throws `producer.refused` after an ERROR. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the document and waits until everything is acknowledged, at most 30 s. */
  finish(): Promise<PutMediaSummary>;
  /** Cuts the connection. */
  abort(): void;
  readonly summary: PutMediaSummary;
}

const ACKNOWLEDGE_MS_MAX = 30_000;
const LINE_CHARS_MAX = 64 * 1024;

/** Opens PutMedia with absolute timecodes. Unsigned, so only an emulator takes it. */
export function openPutMedia({ endpointUrl, streamName }: PutMediaOptions): MediaUpload {
  const summary = { fragments: 0, firstFragmentNumber: undefined, lastFragmentNumber: undefined };
  const acknowledged = new Acknowledged(summary);
  const request = httpRequest(new URL('/putMedia', endpointUrl), {
    method: 'POST',
    headers: { 'x-amzn-stream-name': streamName, 'x-amzn-fragment-timecode-type': 'ABSOLUTE' },
  });
  const answered = new Promise<void>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => resolve(readAnswer(response, acknowledged)));
  });
  // Whoever writes or finishes sees the failure; until then it must not count as unhandled.
  let failure: unknown;
  answered.catch((error: unknown) => (failure = error));

  return {
    summary: acknowledged.summary,
    abort: () => request.destroy(),
    async write(bytes) {
      if (failure !== undefined) throw refused(failure);
      if (!request.write(bytes)) await Promise.race([once(request, 'drain'), answered]);
    },
    async finish() {
      request.end();
      const timeout = setTimeout(() => {
        request.destroy(new Error(`no acknowledgement within ${ACKNOWLEDGE_MS_MAX} ms`));
      }, ACKNOWLEDGE_MS_MAX);
      try {
        await answered;
      } catch (error) {
        throw refused(error);
      } finally {
        clearTimeout(timeout);
      }
      return acknowledged.summary;
    },
  };
}

class Acknowledged {
  readonly summary: { -readonly [Key in keyof PutMediaSummary]: PutMediaSummary[Key] };

  constructor(summary: PutMediaSummary) {
    this.summary = summary;
  }

  take(line: string): void {
    const value: unknown = JSON.parse(line);
    const [type, fragmentNumber] = [field(value, 'EventType'), field(value, 'FragmentNumber')];
    if (type === 'ERROR') {
      throw new Error(
        `the service answered ${field(value, 'ErrorId') ?? '?'} ${field(value, 'ErrorCode') ?? ''}`,
      );
    }
    if (type === 'BUFFERING') {
      this.summary.firstFragmentNumber ??= fragmentNumber;
      this.summary.lastFragmentNumber = fragmentNumber;
    }
    if (type === 'PERSISTED') this.summary.fragments += 1;
  }
}

async function readAnswer(response: IncomingMessage, acknowledged: Acknowledged): Promise<void> {
  let rest = '';
  response.setEncoding('utf8');
  for await (const text of response) {
    const lines = (rest + String(text)).split('\n');
    rest = (lines.pop() ?? '').slice(0, LINE_CHARS_MAX);
    if (response.statusCode === 200) for (const line of lines) acknowledged.take(line);
  }
  if (response.statusCode !== 200)
    throw new Error(`status ${response.statusCode ?? 0}: ${rest.slice(0, 200)}`);
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

function refused(cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('producer.refused', `Cannot put media: ${reason}`, { retryable: true, cause });
}
