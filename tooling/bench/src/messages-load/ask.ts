import { performance } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { BenchError } from '../bench.ts';

export interface AskOptions {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Asked in turns. */
  readonly paths: readonly string[];
  /** The status every answer has to have. */
  readonly status: number;
  readonly seconds: number;
}

export interface Asked {
  readonly latenciesMs: readonly number[];
  /** Body as it came over the wire. */
  readonly answerBytes: number;
  readonly perSecond: number;
}

const CONNECTIONS = 16;
const WARM_UP_COUNT = 100;

/** A request at each due moment, whatever became of those before. */
export async function askAtRate(options: AskOptions, ratePerSecond: number): Promise<Asked> {
  return await withPool(options, async (ask) => {
    const count = Math.round(options.seconds * ratePerSecond);
    const startedAt = performance.now();
    const pending: Promise<number>[] = [];
    for (let index = 0; index < count; index += 1) {
      const dueAt = startedAt + (index * 1000) / ratePerSecond;
      const waitMs = dueAt - performance.now();
      if (waitMs > 1) await delay(waitMs);
      pending.push(ask(index).then(() => performance.now() - dueAt));
    }
    const latenciesMs = await Promise.all(pending);
    return { latenciesMs, perSecond: (count * 1000) / (performance.now() - startedAt) };
  });
}

/** Connections that ask again as soon as they have their answer. */
export async function askAtMost(options: AskOptions): Promise<Asked> {
  return await withPool(options, async (ask) => {
    const latenciesMs: number[] = [];
    const startedAt = performance.now();
    const endsAt = startedAt + options.seconds * 1000;
    const connection = async (from: number): Promise<void> => {
      for (let index = from; performance.now() < endsAt; index += CONNECTIONS) {
        const askedAt = performance.now();
        await ask(index);
        latenciesMs.push(performance.now() - askedAt);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, from) => connection(from)));
    return { latenciesMs, perSecond: (latenciesMs.length * 1000) / (performance.now() - startedAt) };
  });
}

async function withPool(
  { baseUrl, headers, paths, status }: AskOptions,
  measure: (ask: (index: number) => Promise<void>) => Promise<Omit<Asked, 'answerBytes'>>,
): Promise<Asked> {
  const pool = new Pool(baseUrl, { connections: CONNECTIONS });
  let answerBytes = 0;
  const ask = async (index: number): Promise<void> => {
    const path = paths[index % paths.length] ?? '/';
    let bodyBytes = 0;
    // Counted and let go: a body of its own for each answer would make the asker pause for its garbage.
    await pool.stream({ path, method: 'GET', headers }, ({ statusCode }) => {
      if (statusCode !== status) throw new BenchError(`Answered ${statusCode}, expected ${status}`);
      return new Writable({
        write(chunk: Buffer, _encoding, done) {
          bodyBytes += chunk.byteLength;
          done();
        },
      });
    });
    answerBytes = bodyBytes;
  };
  try {
    for (let index = 0; index < WARM_UP_COUNT; index += 1) await ask(index);
    return { ...(await measure(ask)), answerBytes };
  } finally {
    await pool.close();
  }
}
