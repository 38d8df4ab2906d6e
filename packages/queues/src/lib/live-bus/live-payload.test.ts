import { describe, expect, it } from 'vitest';
import { committed, partial } from '../../contract/describe-live-bus.ts';
import { readLiveControl, writeWatches } from './live-control.ts';
import type { LiveScope } from './live-event.ts';
import { readLiveEvent, writeLiveEvent } from './live-payload.ts';

describe('readLiveEvent', () => {
  it('reads what writeLiveEvent wrote and leaves out what it does not know', () => {
    expect(readLiveEvent(writeLiveEvent(partial('c', 'Words')))).toEqual(partial('c', 'Words'));
    expect(readLiveEvent(JSON.stringify({ ...committed('c', 'm'), more: 1 }))).toEqual(committed('c', 'm'));
  });

  const given: readonly { readonly name: string; readonly payload: string }[] = [
    { name: 'no JSON', payload: 'secret words' },
    { name: 'a list', payload: '[]' },
    { name: 'another type', payload: JSON.stringify({ ...committed('c', 'm'), type: 'secret words' }) },
    { name: 'no tenant', payload: JSON.stringify({ ...committed('c', 'm'), tenantId: '' }) },
    { name: 'a negative time', payload: JSON.stringify({ ...committed('c', 'm'), startMs: -1 }) },
    { name: 'another role', payload: JSON.stringify({ ...partial('c', 'secret words'), role: 'bot' }) },
    { name: 'too much text', payload: JSON.stringify(partial('c', 'secret words '.repeat(100))) },
  ];
  it.each(given)('refuses $name and does not repeat it', ({ payload }) => {
    const read = () => readLiveEvent(payload);
    expect(read).toThrow(expect.objectContaining({ code: 'queues.payload-invalid' }));
    expect(read).not.toThrow(/secret/);
  });
});

describe('readLiveControl', () => {
  it('reads all scopes of writeWatches, each message small enough for a NOTIFY', () => {
    const scopes = Array.from({ length: 9 }, (_, index): LiveScope => ({
      tenantId: '\u4e2d'.repeat(300),
      conversationId: `${'\u4e2d'.repeat(298)}${index}`,
      partials: index % 2 === 0,
    }));
    const payloads = writeWatches(scopes);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
    const read = payloads.map(readLiveControl);
    expect(read.flatMap((control) => (control.type === 'watch' ? control.scopes : []))).toEqual(scopes);
  });

  it.each(['{}', '{"type":"watch"}', '{"type":"watch","scopes":[{"tenantId":""}]}', 'x'])(
    'refuses %s',
    (payload) => {
      expect(() => readLiveControl(payload)).toThrow(
        expect.objectContaining({ code: 'queues.payload-invalid' }),
      );
    },
  );
});
