import { describe, expect, it } from 'vitest';
import { HandOver } from './hand-over.ts';

const never = new AbortController().signal;

async function collect<T>(handOver: HandOver<T>): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of handOver.take()) taken.push(item);
  return taken;
}

describe('HandOver', () => {
  it('gives items in order and ends after the last one', async () => {
    const handOver = new HandOver<number>(2);
    const taken = collect(handOver);
    for (const item of [1, 2, 3, 4, 5]) await handOver.put(item, never);
    handOver.close();
    expect(await taken).toEqual([1, 2, 3, 4, 5]);
  });

  it('makes the producer wait while it is full', async () => {
    const handOver = new HandOver<number>(1);
    await handOver.put(1, never);
    let second = 'waiting';
    const put = handOver.put(2, never).then(() => (second = 'put'));
    await Promise.resolve();
    expect(second).toBe('waiting');
    const consumer = handOver.take();
    expect((await consumer.next()).value).toBe(1);
    await put;
    expect(second).toBe('put');
  });

  it('rejects a producer that waits when its signal fires', async () => {
    const handOver = new HandOver<number>(1);
    await handOver.put(1, never);
    const controller = new AbortController();
    const put = handOver.put(2, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(put).rejects.toThrow('stopped');
  });

  it('lets an item take the place of the last one that waits', async () => {
    const handOver = new HandOver<string>(4, (last, next) => (last[0] === next[0] ? [next] : [last, next]));
    for (const item of ['a1', 'a2', 'b1', 'a3']) await handOver.put(item, never);
    handOver.close();
    expect(await collect(handOver)).toEqual(['a2', 'b1', 'a3']);
  });
});
