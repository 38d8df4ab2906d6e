import { describe, expect, it } from 'vitest';
import { watchSessionEnds } from './session-end-watch.ts';

async function setUp() {
  let notify: (sessionId: string) => void = () => {};
  let gap: () => void = () => {};
  let listening = true;
  const watch = await watchSessionEnds({
    async listen(_channel, onNotify, onGap) {
      notify = onNotify;
      gap = onGap ?? gap;
      return async () => void (listening = false);
    },
  });
  return { watch, notify, gap, isListening: () => listening };
}

const FOREVER_MS = 1_000_000;

describe('watchSessionEnds', () => {
  it('wakes every wait for the session that ended and no other', async () => {
    const { watch, notify } = await setUp();
    const waits = [watch.waitFor('a', FOREVER_MS), watch.waitFor('a', FOREVER_MS)];
    const other = watch.waitFor('b', FOREVER_MS);
    notify('a');
    await Promise.all(waits.map(({ woken }) => woken));
    expect(await Promise.race([other.woken.then(() => 'woken'), Promise.resolve('waiting')])).toBe('waiting');
    other.cancel();
  });

  it('wakes every wait after a gap, since notifications were lost', async () => {
    const { watch, gap } = await setUp();
    const waits = [watch.waitFor('a', FOREVER_MS), watch.waitFor('b', FOREVER_MS)];
    gap();
    await expect(Promise.all(waits.map(({ woken }) => woken))).resolves.toHaveLength(2);
  });

  it('wakes at the timeout', async () => {
    const { watch } = await setUp();
    await expect(watch.waitFor('a', 1).woken).resolves.toBeUndefined();
  });

  it('wakes every wait and stops listening when it is closed', async () => {
    const { watch, isListening } = await setUp();
    const wait = watch.waitFor('a', FOREVER_MS);
    await watch.close();
    await wait.woken;
    expect(isListening()).toBe(false);
  });
});
