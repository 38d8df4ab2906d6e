import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../testing.ts';
import { createApp } from './create-app.ts';

function setUp(outcome: () => Promise<void> = async () => {}) {
  const key = fakeKey('admin');
  const clock = { nowMs: 0, now: () => clock.nowMs };
  const noted: [string, number][] = [];
  const lines: string[] = [];
  const noteUse = async (apiId: string, usedAtMs: number) => {
    noted.push([apiId, usedAtMs]);
    await outcome();
  };
  const logger = createLogger({ app: 'test', write: (line) => lines.push(line) });
  const app = createApp({ logger, keys: { ...key.lookup, noteUse }, clock });
  app.get('/', (c) => c.text('hello'));
  return { app, key, clock, noted, lines };
}

describe('noteKeyUse', () => {
  it('notes a key once a minute, whatever it asks for', async () => {
    const { app, key, clock, noted } = setUp();
    for (const atMs of [0, 1, 59_999, 60_000, 60_001]) {
      clock.nowMs = atMs;
      expect((await app.request(atMs === 1 ? '/none' : '/', { headers: key.headers })).status).toBeLessThan(
        500,
      );
    }
    expect(noted).toEqual([
      ['test-key', 0],
      ['test-key', 60_000],
    ]);
  });

  it('notes nothing of who is refused', async () => {
    const { app, noted } = setUp();
    const headers = { authorization: 'Bearer test-key.wrong' };
    expect((await app.request('/', { headers })).status).toBe(401);
    expect(noted).toEqual([]);
  });

  it('answers all the same when it cannot be noted', async () => {
    const { app, key, lines } = setUp(() => Promise.reject(new Error('database away')));
    expect(await (await app.request('/', { headers: key.headers })).text()).toBe('hello');
    expect(lines.filter((line) => line.includes('http.key-use-not-noted'))).toHaveLength(1);
  });
});
