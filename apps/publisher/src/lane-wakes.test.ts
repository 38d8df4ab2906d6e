import { describe, expect, it } from 'vitest';
import { listenForLaneWakes } from './lane-wakes.ts';

const lane = { tenantId: 't', endpointId: 'e', conversationId: 'c' };
const open = new AbortController().signal;
const FOREVER_MS = 1_000_000;

async function setUp() {
  let notify: (payload: string) => void = () => {};
  let gap: () => void = () => {};
  const wakes = await listenForLaneWakes({
    async listen(_channel, onNotify, onGap) {
      notify = onNotify;
      gap = onGap ?? gap;
      return async () => {};
    },
  });
  return { watch: wakes.watch(lane), notify, gap };
}

describe('listenForLaneWakes', () => {
  it('wakes who waits for the lane', async () => {
    const { watch, notify } = await setUp();
    const heard = watch.next(FOREVER_MS, open);
    notify('other c');
    notify('e c');
    expect(await heard).toBe('woken');
  });

  it('keeps a wake-up that comes before the wait, once', async () => {
    const { watch, notify } = await setUp();
    notify('e c');
    notify('e c');
    expect(await watch.next(FOREVER_MS, open)).toBe('woken');
    expect(await watch.next(1, open)).toBe('quiet');
  });

  it('wakes after a gap, since notifications were lost', async () => {
    const { watch, gap } = await setUp();
    const heard = watch.next(FOREVER_MS, open);
    gap();
    expect(await heard).toBe('woken');
  });

  it('ends the wait when the signal fires, also when it has fired before', async () => {
    const { watch } = await setUp();
    const stop = new AbortController();
    const heard = watch.next(FOREVER_MS, stop.signal);
    stop.abort();
    expect(await heard).toBe('aborted');
    expect(await watch.next(FOREVER_MS, stop.signal)).toBe('aborted');
  });

  it('hears nothing once it is closed', async () => {
    const { watch, notify } = await setUp();
    watch.close();
    notify('e c');
    expect(await watch.next(1, open)).toBe('quiet');
  });

  it('tells once of rows that are pending again, and after a gap supposes some are', async () => {
    const { watch, notify, gap } = await setUp();
    notify('e c');
    expect(watch.takeReplay()).toBe(false);
    notify('e c from-beginning');
    expect(await watch.next(FOREVER_MS, open)).toBe('woken');
    expect([watch.takeReplay(), watch.takeReplay()]).toEqual([true, false]);
    gap();
    expect(watch.takeReplay()).toBe(true);
  });
});
