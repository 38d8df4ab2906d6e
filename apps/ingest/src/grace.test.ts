import { describe, expect, it } from 'vitest';
import { giveGrace } from './grace.ts';

/** A pause that lasts until it is ended from outside. */
function heldPause() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked: number[] = [];
  return {
    asked,
    end: resolve,
    pause: (delayMs: number, signal: AbortSignal) => {
      asked.push(delayMs);
      const closed = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => closed.reject(new Error('closed')), { once: true });
      return Promise.race([promise, closed.promise]);
    },
  };
}

describe('giveGrace', () => {
  it('fires a while after the outer signal, with its reason', async () => {
    const outer = new AbortController();
    const { asked, end, pause } = heldPause();
    const grace = giveGrace(outer.signal, 1500, pause);
    expect(asked).toEqual([]);
    outer.abort(new Error('closing'));
    expect([asked, grace.signal.aborted]).toEqual([[1500], false]);
    const fired = new Promise((resolve) => grace.signal.addEventListener('abort', resolve));
    end();
    await fired;
    expect(grace.signal.reason).toBe(outer.signal.reason);
    await grace.close();
  });

  it('begins at once where the outer signal has fired before', async () => {
    const { asked, pause } = heldPause();
    const grace = giveGrace(AbortSignal.abort(), 1500, pause);
    expect(asked).toEqual([1500]);
    await grace.close();
  });

  it('never fires once closed', async () => {
    const outer = new AbortController();
    const { asked, pause } = heldPause();
    const grace = giveGrace(outer.signal, 1500, pause);
    outer.abort();
    await grace.close();
    expect(grace.signal.aborted).toBe(false);
    const late = giveGrace(outer.signal, 1500, pause);
    await late.close();
    expect(asked).toEqual([1500, 1500]);
  });
});
