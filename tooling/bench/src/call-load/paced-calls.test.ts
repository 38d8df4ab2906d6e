import { ensureStream } from '@earshot/connect-producer';
import { startKvsEmulator, type KvsEmulator } from '@earshot/kvs-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPacedCalls } from './paced-calls.ts';
import { BLOCK_MS } from './voices.ts';

const BLOCK_BYTES = 1024;

describe('createPacedCalls', () => {
  let emulator: KvsEmulator;
  beforeAll(async () => {
    emulator = await startKvsEmulator({ port: 0 });
  });
  afterAll(() => emulator.close());

  it('plays each call whole and no faster than it would be heard', async () => {
    const endpointUrl = emulator.url;
    const callBlocks = 32;
    const calls = createPacedCalls({ endpointUrl, batchBlocks: 4, callBlocks });
    const beganAtMs = performance.now();
    const finished = await Promise.all(
      [0, 1, 2].map(async (index) => {
        const streamName = `paced-${index}`;
        await ensureStream({ endpointUrl, streamName });
        return await calls.play({ index, streamName, contactId: streamName });
      }),
    );
    calls.close();
    expect(finished.map(({ sideBytes }) => sideBytes)).toEqual(Array(3).fill(callBlocks * BLOCK_BYTES));
    expect(performance.now() - beganAtMs).toBeGreaterThanOrEqual(callBlocks * BLOCK_MS);
  });

  it('fails a call whose stream does not exist', async () => {
    const calls = createPacedCalls({ endpointUrl: emulator.url, batchBlocks: 1, callBlocks: 16 });
    await expect(calls.play({ index: 0, streamName: 'none', contactId: 'c' })).rejects.toThrow('status 404');
    calls.close();
  });
});
