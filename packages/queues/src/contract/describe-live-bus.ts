import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LiveBus, LiveCommitted, LiveEvent, LivePartial } from '../lib/live-bus/live-event.ts';
import { collectSeen } from '../testing/seen.ts';

export interface LiveBusUnderTest {
  /** A bus as another process would have it, on the same backend. */
  connect(): Promise<LiveBus>;
  dispose(): Promise<void>;
}

export function committed(conversationId: string, messageId: string, tenantId = 't-1'): LiveCommitted {
  return {
    type: 'committed',
    tenantId,
    conversationId,
    sessionId: 's-1',
    streamId: 'st-1',
    messageId,
    startMs: 40,
  };
}

export function partial(conversationId: string, text: string, revision = 1): LivePartial {
  return {
    type: 'partial',
    tenantId: 't-1',
    conversationId,
    guid: 'g-1',
    sessionId: 's-1',
    streamId: 'st-1',
    role: 'customer',
    senderExternalId: 'caller',
    startMs: 120,
    endMs: 2_040,
    text,
    revision,
  };
}

/** What every live bus promises; run it against each. */
export function describeLiveBus(name: string, open: () => Promise<LiveBusUnderTest>): void {
  describe(`${name} keeps the live bus contract`, () => {
    let backend: LiveBusUnderTest;
    /** As in ingest, and as in two processes that watch. */
    let here: LiveBus;
    let there: LiveBus;
    let elsewhere: LiveBus;
    const cleanups: (() => Promise<void>)[] = [];

    beforeAll(async () => {
      backend = await open();
      [here, there, elsewhere] = [await backend.connect(), await backend.connect(), await backend.connect()];
    });
    afterEach(async () => {
      for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
    });
    afterAll(async () => {
      await Promise.all([here.close(), there.close(), elsewhere.close()]);
      await backend.dispose();
    });

    async function watch(
      bus: LiveBus,
      scope: { conversationId?: string; partials?: boolean; tenantId?: string },
    ) {
      const seen = collectSeen<LiveEvent>();
      const opened = await bus.watch({ tenantId: 't-1', partials: false, ...scope }, (event) =>
        seen.push(event),
      );
      cleanups.push(() => opened.close());
      return { ...seen, close: () => opened.close() };
    }

    it('tells everybody who watches a conversation, in the order of publishing, as it was published', async () => {
      const [one, two] = [
        await watch(there, { conversationId: 'order', partials: true }),
        await watch(elsewhere, { conversationId: 'order', partials: true }),
      ];
      const events: LiveEvent[] = [
        partial('order', 'So I wanted'),
        partial('order', 'So I wanted to ask – “später”', 2),
        committed('order', 'm-1'),
        { type: 'ended', tenantId: 't-1', conversationId: 'order', sessionId: 's-1' },
      ];
      for (const event of events) here.publish(event);
      expect(await one.reaches(4)).toEqual(events);
      expect(await two.reaches(4)).toEqual(events);
    });

    it('tells of other conversations only who watches all of the tenant', async () => {
      const one = await watch(there, { conversationId: 'mine' });
      const all = await watch(there, {});
      here.publish(committed('other', 'm-1'));
      here.publish(committed('mine', 'm-2'));
      expect(await all.reaches(2)).toEqual([committed('other', 'm-1'), committed('mine', 'm-2')]);
      expect(await one.reaches(1)).toEqual([committed('mine', 'm-2')]);
    });

    it('tells nobody of another tenant', async () => {
      const foreign = await watch(there, { tenantId: 't-2' });
      const own = await watch(there, {});
      here.publish(committed('c', 'm-1'));
      await own.reaches(1);
      here.publish(committed('c', 'm-2', 't-2'));
      expect(await foreign.reaches(1)).toEqual([committed('c', 'm-2', 't-2')]);
    });

    it('tells of partials only who wants them', async () => {
      const without = await watch(there, { conversationId: 'p' });
      const withThem = await watch(there, { conversationId: 'p', partials: true });
      here.publish(partial('p', 'Words'));
      here.publish(committed('p', 'm-1'));
      expect(await withThem.reaches(2)).toHaveLength(2);
      expect(await without.reaches(1)).toEqual([committed('p', 'm-1')]);
    });

    it('knows who is watched, and for what', async () => {
      expect(here.isWatched('t-9', 'c-1', 'any')).toBe(false);
      await watch(there, { tenantId: 't-9', conversationId: 'c-1' });
      await expect.poll(() => here.isWatched('t-9', 'c-1', 'any')).toBe(true);
      expect(here.isWatched('t-9', 'c-1', 'partials')).toBe(false);
      expect(here.isWatched('t-9', 'c-2', 'any')).toBe(false);
      await watch(elsewhere, { tenantId: 't-9', partials: true });
      await expect.poll(() => here.isWatched('t-9', 'c-2', 'partials')).toBe(true);
      expect(here.isWatched('t-9', 'c-1', 'partials')).toBe(true);
    });

    it('knows at once of a bus of its own', async () => {
      await watch(here, { conversationId: 'own', partials: true });
      expect(here.isWatched('t-1', 'own', 'partials')).toBe(true);
    });

    it('tells a watch that is closed nothing more, and the others on', async () => {
      const closed = await watch(there, { conversationId: 'close' });
      const still = await watch(there, { conversationId: 'close' });
      await closed.close();
      await closed.close();
      here.publish(committed('close', 'm-1'));
      await still.reaches(1);
      expect(closed.items).toEqual([]);
    });

    it('goes on after a listener failed', async () => {
      const failing = await there.watch({ tenantId: 't-1', conversationId: 'fail', partials: false }, () => {
        throw new Error('Cannot listen');
      });
      cleanups.push(() => failing.close());
      const seen = await watch(there, { conversationId: 'fail' });
      expect(() => here.publish(committed('fail', 'm-1'))).not.toThrow();
      here.publish(committed('fail', 'm-2'));
      expect(await seen.reaches(2)).toHaveLength(2);
    });

    it('may be closed twice, and neither throws nor tells anything after', async () => {
      const bus = await backend.connect();
      await bus.close();
      await bus.close();
      expect(() => bus.publish(committed('c', 'm-1'))).not.toThrow();
      await expect(bus.watch({ tenantId: 't-1', partials: false }, () => undefined)).rejects.toMatchObject({
        code: 'queues.unavailable',
      });
    });
  });
}
