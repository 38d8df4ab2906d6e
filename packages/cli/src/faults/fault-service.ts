import { CliError } from '../verb.ts';
import { parseCatalogue, type FaultKindInfo } from './fault-catalogue.ts';

/** One strike of one fault, as the emulator tells it. */
export interface Strike {
  readonly atMs: number;
  readonly kind: string;
  readonly operation: string;
  readonly ordinal?: number;
  readonly atByte?: number;
}

const ANSWER_MS_MAX = 10_000;

/** Faults of the local Kinesis Video Streams, over its own path `/faults`. Every failure is a `CliError`. */
export class FaultService {
  readonly #endpointUrl: string;

  constructor(endpointUrl: string) {
    this.#endpointUrl = endpointUrl;
  }

  async catalogue(): Promise<readonly FaultKindInfo[]> {
    return parseCatalogue(await this.#ask('GET', ''));
  }

  /** Replaces the stream's plan. */
  async put(streamName: string, faults: readonly unknown[]): Promise<void> {
    await this.#ask('PUT', '', { streamName, faults });
  }

  async clear(streamName: string): Promise<void> {
    await this.#ask('DELETE', queryFor(streamName));
  }

  /** What struck the stream so far, oldest first. */
  async struck(streamName: string): Promise<readonly Strike[]> {
    const answer = await this.#ask('GET', queryFor(streamName));
    const struck = isRecord(answer) ? answer['struck'] : undefined;
    return Array.isArray(struck) ? struck.filter(isStrike) : [];
  }

  async #ask(method: string, query: string, body?: unknown): Promise<unknown> {
    const url = `${this.#endpointUrl}/faults${query}`;
    const signal = AbortSignal.timeout(ANSWER_MS_MAX);
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url, { method, signal, ...content }).catch((cause: unknown) => {
      const next = 'run npm start in the checkout first, or name another one by --endpoint';
      throw new CliError(`Cannot reach ${url}: ${next}`, { cause });
    });
    const value: unknown = await answer.json().catch(() => undefined);
    if (answer.ok && isRecord(value)) return value;
    const message = isRecord(value) && typeof value['Message'] === 'string' ? value['Message'] : '';
    if (answer.status === 400) throw new CliError(message);
    const next =
      'faults are for the local Kinesis Video Streams that npm start runs, name that by --endpoint';
    throw new CliError(`Cannot set faults at ${this.#endpointUrl}: it answered ${answer.status}; ${next}`);
  }
}

function queryFor(streamName: string): string {
  return `?streamName=${encodeURIComponent(streamName)}`;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrike(value: unknown): value is Strike {
  return isRecord(value) && typeof value['kind'] === 'string' && typeof value['atMs'] === 'number';
}
