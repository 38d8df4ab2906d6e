import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { silentWav } from '../testing/silent-wav.ts';
import { simulate } from './simulate.ts';

let api: ApiUnderTest;
let side: string;
beforeAll(async () => {
  api = await startApiUnderTest();
  side = await api.file('side.wav', silentWav(1));
});
beforeEach(() => void api.asked.splice(0));
afterAll(() => api.close());

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
