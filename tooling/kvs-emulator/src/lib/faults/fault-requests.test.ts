import { afterEach, describe, expect, it } from 'vitest';
import type { KvsEmulator } from '../kvs-emulator.ts';
import { getMedia, playedStream, STREAM } from '../../testing/played-stream.ts';

const running: KvsEmulator[] = [];

afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.close();
});

async function setUp() {
  const emulator = await playedStream(1);
  running.push(emulator);
  const ask = async (method: string, query = '', body?: unknown) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${emulator.url}/faults${query}`, init);
    return { status: answer.status, body: await answer.json() };
  };
  return { emulator, ask };
}

const plan = { streamName: STREAM, faults: [{ kind: 'end', afterBytes: 100 }] };

describe('serveFaults', () => {
  it('puts a plan in force, tells what struck, and takes it away', async () => {
    const { emulator, ask } = await setUp();
    expect(await ask('PUT', '', plan)).toEqual({ status: 200, body: plan });
    expect((await getMedia(emulator)).bytes).toHaveLength(100);
    const { body } = await ask('GET', `?streamName=${STREAM}`);
    expect(body).toMatchObject({ plans: [plan], struck: [{ kind: 'end', atByte: 100, ordinal: 0 }] });
    expect((await ask('DELETE', `?streamName=${STREAM}`)).status).toBe(200);
    expect((await ask('GET')).body).toMatchObject({ plans: [] });
  });

  it('tells every kind with what can be set', async () => {
    const { ask } = await setUp();
    const { body } = await ask('GET');
    const { catalogue } = body as { catalogue: { kind: string; parameters: unknown }[] };
    expect(catalogue).toHaveLength(18);
    expect(catalogue.find(({ kind }) => kind === 'stall')?.parameters).toContainEqual({
      name: 'forMs',
      type: 'number',
      unit: 'ms',
      min: 0,
      max: 3_600_000,
    });
  });

  it('refuses a plan that is none and says where', async () => {
    const { ask } = await setUp();
    const wrong = { streamName: STREAM, faults: [{ kind: 'cut', afterBytes: -1 }] };
    const { status, body } = await ask('PUT', '', wrong);
    expect([status, JSON.stringify(body)]).toEqual([
      400,
      expect.stringContaining('plan.faults[0].afterBytes is not a whole number from 0'),
    ]);
    expect((await ask('DELETE')).status).toBe(400);
    expect((await ask('PATCH')).status).toBe(405);
  });
});
