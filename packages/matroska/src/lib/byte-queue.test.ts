import { describe, expect, it } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

function queueOf(...chunks: Uint8Array[]): ByteQueue {
  const queue = new ByteQueue(12);
  for (const chunk of chunks) queue.push(chunk);
  return queue;
}

function counting(from: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => from + index);
}

describe('ByteQueue', () => {
  it('gives a view of the chunk that holds the bytes asked for', () => {
    const chunk = counting(0, 600);
    const queue = queueOf(counting(0, 600), chunk);
    queue.moveTo(700);
    const taken = queue.take(100);
    expect(taken.buffer).toBe(chunk.buffer);
    expect(taken.byteOffset).toBe(100);
    expect(queue.position).toBe(800);
  });

  it('gives plain bytes even when Buffers are written', () => {
    const taken = queueOf(Buffer.from([1, 2, 3])).take(2);
    expect(Buffer.isBuffer(taken)).toBe(false);
    expect(taken).toEqual(Uint8Array.of(1, 2));
  });

  it('copies bytes that several chunks hold', () => {
    const queue = queueOf(counting(0, 3), counting(3, 1000), counting(1003, 5));
    expect(queue.take(1008)).toEqual(counting(0, 1008));
  });

  it('gives back the same bytes after going back', () => {
    const queue = queueOf(counting(0, 600), counting(600, 600));
    queue.keepFrom(100);
    queue.take(1200);
    queue.moveTo(100);
    expect(queue.take(700)).toEqual(counting(100, 700));
  });

  it('keeps what a tiny chunk held when the next one is gathered behind it', () => {
    const queue = queueOf(counting(0, 1), counting(1, 1));
    const early = queue.take(2);
    for (let at = 2; at < 20_000; at++) queue.push(Uint8Array.of(at));
    expect(early).toEqual(Uint8Array.of(0, 1));
    expect(queue.take(19_998)).toEqual(counting(2, 19_998));
  });

  it('does not write into a chunk it was given', () => {
    const shared = new Uint8Array(4096);
    const queue = queueOf(shared.subarray(0, 600));
    queue.push(Uint8Array.of(7));
    expect(shared.every((byte) => byte === 0)).toBe(true);
    queue.moveTo(600);
    expect(queue.take(1)).toEqual(Uint8Array.of(7));
  });

  it('shows no more in a window than was written', () => {
    const queue = queueOf(counting(0, 5), counting(5, 2));
    const { bytes, start, end } = queue.window(3, 12);
    expect([...bytes.subarray(start, end)]).toEqual([3, 4, 5, 6]);
  });
});
