import { describe, expect, it } from 'vitest';
import { createStorage } from '../storage.ts';
import { useStorage } from '../testing/fixture.ts';

const fixture = useStorage();
const lane = (name: string) => ({ endpointId: name, conversationId: 'C' });

/** Values as they come, for a test to wait for. */
function inbox() {
  const values: string[] = [];
  let arrived = Promise.withResolvers<void>();
  return {
    put: (value: string): void => {
      values.push(value);
      arrived.resolve();
      arrived = Promise.withResolvers();
    },
    values,
    async until(value: string) {
      while (!values.includes(value)) await arrived.promise;
    },
  };
}

describe('Notifications', () => {
  it('wakes lanes of every process that listens and folds what waits to be sent', async () => {
    const other = createStorage({ databaseUrl: fixture.databaseUrl });
    const [here, there] = [inbox(), inbox()];
    await fixture.storage.notifications.listen('lane_wake', here.put);
    await other.notifications.listen('lane_wake', there.put);
    fixture.storage.notifications.wakeLanes([lane('first')]);
    for (let index = 0; index < 50; index += 1) fixture.storage.notifications.wakeLanes([lane('second')]);
    fixture.storage.notifications.wakeLanes([lane('last')]);
    await Promise.all([here.until('last C'), there.until('last C')]);
    expect(here.values).toEqual(['first C', 'second C', 'last C']);
    expect(there.values).toEqual(here.values);
    await other.close();
  });

  it('sends what waits before it closes', async () => {
    const other = createStorage({ databaseUrl: fixture.databaseUrl });
    const here = inbox();
    await fixture.storage.notifications.listen('lane_wake', here.put);
    other.notifications.wakeLanes([lane('before the end')]);
    await other.close();
    await here.until('before the end C');
    expect(here.values).toEqual(['before the end C']);
  });

  it('hears no more after it has stopped, while others on the channel still do', async () => {
    const [stopped, still] = [inbox(), inbox()];
    const stop = await fixture.storage.notifications.listen('lane_wake', stopped.put);
    const stopStill = await fixture.storage.notifications.listen('lane_wake', still.put);
    await stop();
    await stop();
    fixture.storage.notifications.wakeLanes([lane('after')]);
    await still.until('after C');
    await stopStill();
    expect(stopped.values).toEqual([]);
  });

  it('connects again by itself, says that it may have missed something, and hears again', async () => {
    const errors: Error[] = [];
    const storage = createStorage({
      databaseUrl: fixture.databaseUrl,
      onBackgroundError: (error) => errors.push(error),
    });
    const heard = inbox();
    await storage.notifications.listen('lane_wake', heard.put, () => heard.put('gap'));
    await fixture.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'earshot-listen' and datname = current_database()`,
    );
    await heard.until('gap');
    storage.notifications.wakeLanes([lane('again')]);
    await heard.until('again C');
    expect(errors.length).toBeGreaterThan(0);
    await storage.close();
  });

  it('keeps telling the others when one listener throws', async () => {
    const errors: Error[] = [];
    const storage = createStorage({
      databaseUrl: fixture.databaseUrl,
      onBackgroundError: (error) => errors.push(error),
    });
    const heard = inbox();
    await storage.notifications.listen('lane_wake', () => {
      throw new Error('Cannot listen');
    });
    await storage.notifications.listen('lane_wake', heard.put);
    storage.notifications.wakeLanes([lane('through')]);
    await heard.until('through C');
    expect(errors.map((error) => error.message)).toEqual(['Cannot listen']);
    await storage.close();
  });

  it('rejects when the server is not there at the first listen', async () => {
    const storage = createStorage({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
    const listening = storage.notifications.listen('lane_wake', () => undefined);
    await expect(listening).rejects.toMatchObject({ code: 'storage.unavailable', retryable: true });
    await expect(storage.ping()).rejects.toMatchObject({ code: 'storage.unavailable', retryable: true });
    await storage.close();
  });
});

describe('Storage.ping', () => {
  it('resolves when the database answers', async () => {
    await expect(fixture.storage.ping()).resolves.toBeUndefined();
  });
});
