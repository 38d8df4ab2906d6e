import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { EchoGuard } from './echo-guard.ts';
import { readWav } from './wav.ts';

/** Media time of the first sample: of a real call, not near 0. */
const ZERO_MS = 1_726_677_688_724;
const LEAK_DELAY_MS = 120;

async function side(role: 'customer' | 'agent'): Promise<Int16Array> {
  const file = fileURLToPath(new URL(`../../../../tooling/sample-call/${role}.wav`, import.meta.url));
  return readWav(await readFile(file)).pcm[0] ?? new Int16Array(0);
}

function guardOf(customer: Int16Array, agent: Int16Array): EchoGuard {
  const guard = new EchoGuard();
  for (let at = 0; at < 160_000; at += 512) {
    guard.hear('customer', ZERO_MS + at / 8, customer.subarray(at, at + 512));
    guard.hear('agent', ZERO_MS + at / 8, agent.subarray(at, at + 512));
  }
  return guard;
}

/** The customer's track with the agent's voice in it, `downDb` quieter. */
function leaking(customer: Int16Array, agent: Int16Array, downDb: number): Int16Array {
  const gain = 10 ** (-downDb / 20);
  return customer.map((sample, at) => sample + gain * (agent[at - LEAK_DELAY_MS * 8] ?? 0));
}

describe('EchoGuard', () => {
  let customer: Int16Array;
  let agent: Int16Array;
  beforeAll(async () => {
    [customer, agent] = [await side('customer'), await side('agent')];
  });

  it.each([15, 20, 30])('knows the other voice again %i dB quieter', (downDb) => {
    const guard = guardOf(leaking(customer, agent, downDb), agent);
    // The agent speaks from 0.9 to 4.9 s, and the customer not.
    expect(guard.isEcho('customer', ZERO_MS + 1020, ZERO_MS + 4900)).toBe(true);
  });

  it('takes nobody for an echo of a silent other side, nor the source for one of its leak', () => {
    const guard = guardOf(leaking(customer, agent, 20), agent);
    expect(guard.isEcho('customer', ZERO_MS + 5400, ZERO_MS + 9400)).toBe(false);
    expect(guard.isEcho('agent', ZERO_MS + 900, ZERO_MS + 4800)).toBe(false);
  });

  it('keeps what somebody says of his own while the other talks, louder', () => {
    const [start, end] = [5400 * 8, 9400 * 8];
    const louder = new Int16Array(agent.length);
    louder.set(agent.subarray(900 * 8, 4900 * 8), start);
    const quieter = customer.map((sample) => sample / 8);
    const guard = guardOf(quieter, louder);
    expect(guard.isEcho('customer', ZERO_MS + start / 8, ZERO_MS + end / 8)).toBe(false);
  });

  it('judges nothing that is too short to be compared', () => {
    const guard = guardOf(leaking(customer, agent, 20), agent);
    expect(guard.isEcho('customer', ZERO_MS + 1020, ZERO_MS + 1100)).toBe(false);
  });

  it('forgets what was said more than 20 s before', () => {
    const guard = guardOf(leaking(customer, agent, 20), agent);
    guard.hear('agent', ZERO_MS + 60_000, agent.subarray(0, 512));
    expect(guard.isEcho('customer', ZERO_MS + 60_000, ZERO_MS + 61_000)).toBe(false);
  });
});
