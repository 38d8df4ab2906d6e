import { describe, expect, it } from 'vitest';
import { connectFragment, CONNECT_BLOCK_COUNT } from '../testing/connect-fragment.ts';
import { demux } from './demux.ts';

async function typesOf(source: Parameters<typeof demux>[0]): Promise<string[]> {
  const types: string[] = [];
  for await (const event of demux(source)) types.push(event.type);
  return types;
}

describe('demux', () => {
  it('reads an iterable and an async iterable to the end', async () => {
    const fragment = connectFragment(0);
    async function* live(): AsyncGenerator<Uint8Array> {
      yield fragment.subarray(0, 5000);
      yield fragment.subarray(5000);
    }
    const fromLive = await typesOf(live());
    expect(fromLive).toEqual(await typesOf([fragment]));
    expect(fromLive.filter((type) => type === 'block')).toHaveLength(CONNECT_BLOCK_COUNT);
    expect(fromLive.at(-1)).toBe('documentEnd');
  });

  it('asks for the next chunk only when the events of the last one were taken', async () => {
    const pulled: number[] = [];
    function* source(): Generator<Uint8Array> {
      for (const number of [0, 1, 2]) {
        pulled.push(number);
        yield connectFragment(number);
      }
    }
    const events = demux(source());
    await events.next();
    await events.next();
    expect(pulled).toEqual([0]);
  });

  it('lets go of the source when the consumer stops', async () => {
    let isReleased = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield connectFragment(0);
        yield connectFragment(1);
      } finally {
        isReleased = true;
      }
    }
    const events = demux(source());
    await events.next();
    await events.return();
    expect(isReleased).toBe(true);
  });

  it('passes on an error of the source as it is', async () => {
    const cut = new Error('aborted');
    async function* source(): AsyncGenerator<Uint8Array> {
      yield connectFragment(0);
      throw cut;
    }
    await expect(typesOf(source())).rejects.toBe(cut);
  });
});
