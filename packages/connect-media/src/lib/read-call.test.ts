import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fakeDocument, FakeStream, type FakeFragment } from '../testing/fake-stream.ts';
import { hear, sleepingDeps } from '../testing/hear.ts';
import type { CallMediaEvent, CallMediaStart } from './call-media.ts';
import { mediaError, type MediaErrorCode } from './media-trouble.ts';
import { readCall } from './read-call.ts';

const ZERO_MS = 1_700_000_000_000;
const NOW: CallMediaStart = { type: 'selector', selector: { type: 'NOW' }, acceptedAtMs: ZERO_MS };

function fragment(number: number, contactId: string): FakeFragment {
  const blocks = [{ role: 'customer', pcm: new Uint8Array(160).fill(number), atMs: 0 }] as const;
  return { number: BigInt(number), startMs: ZERO_MS + number * 1000, leading: contactId, blocks };
}

/** Opening fails as told, then works. */
class FailingStream extends FakeStream {
  readonly #failures: MediaErrorCode[];

  constructor(fragments: readonly FakeFragment[], failures: readonly MediaErrorCode[]) {
    super(fragments, []);
    this.#failures = [...failures];
  }

  override open(...args: Parameters<FakeStream['open']>): Promise<Readable> {
    const code = this.#failures.shift();
    return code === undefined ? super.open(...args) : Promise.reject(mediaError(code, 'Cannot open media'));
  }
}

function of<Type extends CallMediaEvent['type']>(events: readonly CallMediaEvent[], type: Type) {
  return events.filter((event): event is Extract<CallMediaEvent, { type: Type }> => event.type === type);
}

const CALL = [fragment(1, 'c'), fragment(2, 'c'), fragment(3, 'next')];

describe('readCall', () => {
  it('says with every failed opening what the service refused with, and for how long it has', async () => {
    const stream = new FailingStream(CALL, [
      'media.throttled',
      'media.connection-limit',
      'media.service-error',
    ]);
    const events = await hear(sleepingDeps(stream), NOW, 'c');
    expect(of(events, 'retrying')).toEqual([
      { type: 'retrying', code: 'media.throttled', failingForMs: 0 },
      { type: 'retrying', code: 'media.connection-limit', failingForMs: 200 },
      { type: 'retrying', code: 'media.service-error', failingForMs: 450 },
    ]);
    expect(of(events, 'audio')).toHaveLength(2);
  });

  it('gives up after 30 s of a stream that does not exist', async () => {
    const failures = Array.from({ length: 100 }, () => 'media.stream-not-found' as const);
    const stream = new FailingStream(CALL, failures);
    const deps = sleepingDeps(stream);
    await expect(hear(deps, NOW, 'c')).rejects.toMatchObject({ code: 'media.stream-not-found' });
    expect(deps.clock.now()).toBeGreaterThanOrEqual(30_000);
    expect(deps.clock.now()).toBeLessThan(36_000);
    expect(deps.openCalls.count).toBe(0);
  });

  it('takes up a call whose stream appears in time', async () => {
    const failures = Array.from({ length: 8 }, () => 'media.stream-not-found' as const);
    const events = await hear(sleepingDeps(new FailingStream(CALL, failures)), NOW, 'c');
    expect(of(events, 'audio')).toHaveLength(2);
  });

  it('ends when bodies go on ending in order with nothing new, and not before a minute of it', async () => {
    const deps = sleepingDeps(new FakeStream([fragment(1, 'c')], []));
    const events = await hear(deps, NOW, 'c');
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'media-ended' });
    expect(deps.clock.now()).toBeGreaterThanOrEqual(60_000);
    expect(deps.clock.now()).toBeLessThan(70_000);
  });

  it('waits for the first media of a call as long as for any', async () => {
    const deps = sleepingDeps(new FakeStream([], []));
    await hear(deps, NOW, 'c');
    expect(deps.clock.now()).toBeGreaterThanOrEqual(300_000);
  });

  it('says where the service refused within the media, and goes on', async () => {
    const good = new FakeStream(CALL, []);
    let bodies = 0;
    const refuse = { number: 9n, startMs: 0, blocks: [] };
    good.open = (streamArn, selector) => {
      bodies += 1;
      if (bodies > 1) return FakeStream.prototype.open.call(good, streamArn, selector);
      const text = Buffer.from(fakeDocument(refuse)).toString('latin1');
      // The same document with an error in place of its number: same length.
      const error = text
        .replace('AWS_KINESISVIDEO_FRAGMENT_NUMBER', 'AWS_KINESISVIDEO_ERROR_CODE'.padEnd(32, '\0'))
        .replace('AWS_KINESISVIDEO_CONTINUATION_TOKEN', 'AWS_KINESISVIDEO_ERROR_ID'.padEnd(35, '\0'));
      return Promise.resolve(Readable.from([fakeDocument(CALL[0] ?? refuse), Buffer.from(error, 'latin1')]));
    };
    const events = await hear(sleepingDeps(good), NOW, 'c');
    expect(of(events, 'audio')).toHaveLength(2);
    expect(of(events, 'reconnected')).toEqual([
      { type: 'reconnected', reason: 'refused', code: 'media.service-error', attempt: 1 },
    ]);
  });

  it('does not take the slowness of its consumer for silence', async () => {
    const stream = new FakeStream(CALL, [
      { chunkBytes: [50], endsAfterBytes: 900, isCut: true, repeated: 0 },
    ]);
    const deps = sleepingDeps(stream);
    const events: CallMediaEvent[] = [];
    const signal = new AbortController().signal;
    for await (const event of readCall(deps, { streamArn: 's', guid: 'c', start: NOW, signal })) {
      events.push(event);
      await deps.sleep(200_000, signal);
    }
    expect(of(events, 'audio')).toHaveLength(2);
    expect(of(events, 'idle')).toEqual([]);
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'contact-changed' });
  });

  it('leaves no body, timer or listener behind over 1000 connections', async () => {
    const cuts = Array.from({ length: 1000 }, (_, index) => {
      return { chunkBytes: [700], endsAfterBytes: index % 900, isCut: index % 2 === 0, repeated: index % 3 };
    });
    const stream = new FakeStream(CALL, cuts);
    const hangUp = new AbortController();
    let listeners = 0;
    const { signal } = hangUp;
    const counted = new Proxy(signal, {
      get: (target, name) => {
        if (name === 'addEventListener') listeners += 1;
        if (name === 'removeEventListener') listeners -= 1;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const timersBefore = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const deps = sleepingDeps(stream, { endedIdleMsMax: 1e9, mediaIdleMsMax: 1e9 });
    for await (const event of readCall(deps, { streamArn: 's', guid: 'c', start: NOW, signal: counted })) {
      if (event.type === 'end') break;
    }
    expect(stream.opened.length).toBeGreaterThan(500);
    expect(stream.openMax).toBe(1);
    expect(stream.opened.filter(({ destroyed }) => !destroyed)).toEqual([]);
    expect(listeners).toBe(0);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThanOrEqual(
      timersBefore,
    );
  });
});
