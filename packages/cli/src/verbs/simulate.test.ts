import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { simulate } from './simulate.ts';

let api: ApiUnderTest;
let side: string;
beforeAll(async () => {
  api = await startApiUnderTest();
  side = await api.file('side.wav', wavOf(new Uint8Array(16_000)));
});
beforeEach(() => void api.asked.splice(0));
afterAll(() => api.close());

/** 8 kHz, 16 bit, one channel. */
function wavOf(pcm: Uint8Array): Uint8Array {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.byteLength, 40);
  return Buffer.concat([header, pcm]);
}

describe('earshot simulate', () => {
  it.each([
    { given: 'an endpoint that is not made', created: 401 },
    { given: 'an endpoint that is not deleted', created: 201 },
  ])('leaves no receiver open after $given', async ({ created }) => {
    api.answer(({ path, method }) => {
      const isCreated = method === 'POST' && path === '/earshot/v1/endpoints' && created === 201;
      if (isCreated) return { status: 201, body: { id: '8c259fea-8764-4a92-adc4-73572e9cf016' } };
      return { status: 401, body: { code: '401-01', detail: 'Unauthorized' } };
    });
    const sides = ['--customer', side, '--agent', side, '--endpoint', 'http://127.0.0.1:1'];
    await expect(api.run(simulate, ...sides)).rejects.toThrow('Unauthorized');
    const [made] = api.asked;
    const { url } = (made?.body ?? {}) as { url: string };
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    expect(api.asked.at(-1)?.method).toBe(created === 201 ? 'DELETE' : 'POST');
  });
});
