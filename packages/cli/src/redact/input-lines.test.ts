import { describe, expect, it } from 'vitest';
import { inputLines } from './input-lines.ts';

async function linesOf(...chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of inputLines(iterate(chunks))) lines.push(line);
  return lines;
}

async function* iterate(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

describe('inputLines', () => {
  it('gives the same lines wherever the bytes are cut', async () => {
    const bytes = Buffer.from('één\r\n\n🙂 two\nthree');
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(await linesOf(bytes.subarray(0, at), bytes.subarray(at))).toEqual([
        'één',
        '',
        '🙂 two',
        'three',
      ]);
    }
  });

  it('refuses a line above its limit, by number', async () => {
    const long = Buffer.alloc(1_000_001, 0x61);
    await expect(linesOf(Buffer.from('a\n'), long)).rejects.toThrow('line 2');
  });
});
