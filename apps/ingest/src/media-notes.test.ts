import type { CallMediaEvent } from '@earshot/connect-media';
import type { MediaReport } from '@earshot/domain';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import type { MediaCounts } from './call-audio.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { NO_HOLES } from './media-holes.ts';
import { MediaNotes } from './media-notes.ts';

const NOTHING_COUNTED: MediaCounts = {
  fragmentCount: 0,
  damageCount: 0,
  filled: { customer: NO_HOLES, agent: NO_HOLES },
  gaps: { customer: NO_HOLES, agent: NO_HOLES },
};
const NOW_MS = 1_700_000_000_000;

function notesOf(saved?: MediaReport, leaseEpoch = 1) {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({ app: 'ingest', write: (line) => lines.push(JSON.parse(line)) });
  const metrics = createMetrics('ingest');
  const clock = { now: () => NOW_MS };
  const notes = new MediaNotes({ clock, logger, metrics: createIngestMetrics(metrics) }, saved, leaseEpoch);
  const metric = async (name: string): Promise<string[]> =>
    (await metrics.render()).body
      .split('\n')
      .filter((line) => line.startsWith(name))
      .map((line) => line.replace('app="ingest"', '').replace('{,', '{'));
  return { notes, lines, metric };
}

const fragment: CallMediaEvent = {
  type: 'fragment',
  fragmentNumber: '7',
  serverTimestampMs: 0,
  producerTimestampMs: 0,
  contactId: 'c',
  roles: ['customer'],
};

describe('MediaNotes', () => {
  it('tells everything that came', () => {
    const { notes } = notesOf();
    const events: CallMediaEvent[] = [
      fragment,
      { type: 'fragmentEnd', fragmentNumber: '7', millisBehindNow: 120 },
      { type: 'duplicate', fragmentNumber: '7' },
      { type: 'reconnected', reason: 'body-ended', attempt: 1 },
      { type: 'reconnected', reason: 'body-ended', attempt: 1 },
      { type: 'retrying', code: 'media.throttled', failingForMs: 900 },
    ];
    for (const event of events) notes.take(event);
    const gaps = { customer: { count: 1, totalMs: 2500.4, longestMs: 2500.4 }, agent: NO_HOLES };
    expect(notes.report({ ...NOTHING_COUNTED, fragmentCount: 1, gaps })).toEqual({
      version: 1,
      rolesSeen: ['customer'],
      fragmentCount: 1,
      duplicateFragmentCount: 1,
      damageCount: 0,
      filled: NOTHING_COUNTED.filled,
      gaps: { customer: { count: 1, totalMs: 2500, longestMs: 2500 }, agent: NO_HOLES },
      reconnects: { 'body-ended': 2 },
      takeOverCount: 0,
      behindNowMs: 120,
      lastFragmentAtMs: NOW_MS,
      lastFragmentNumber: '7',
      lastTrouble: {
        code: 'media.throttled',
        cause: 'AWS throttles reads of the account or the stream',
        remedy: 'Ask AWS for a higher limit of GetMedia and GetDataEndpoint',
        atMs: NOW_MS,
      },
    });
  });

  it('has something to tell after trouble, and nothing after it was told', () => {
    const { notes } = notesOf();
    expect(notes.changed).toBe(false);
    notes.take({ type: 'idle', idleMs: 500 });
    expect(notes.changed).toBe(false);
    notes.take({ type: 'retrying', code: 'media.unreachable', failingForMs: 0 });
    expect(notes.changed).toBe(true);
    notes.report(NOTHING_COUNTED);
    expect(notes.changed).toBe(false);
  });

  it('warns of a problem once, with cause and remedy', () => {
    const { notes, lines } = notesOf();
    for (let times = 0; times < 3; times += 1) {
      notes.take({ type: 'problem', code: 'media.damaged', message: 'Cannot read' });
    }
    notes.take({ type: 'retrying', code: 'media.kms', failingForMs: 250 });
    expect(lines).toMatchObject([
      { level: 'warn', event: 'media.problem', code: 'media.damaged', cause: expect.any(String) },
      { level: 'warn', event: 'media.problem', code: 'media.kms', failingForMs: 250 },
    ]);
  });

  it('logs every reconnect with its reason and what was refused', () => {
    const { notes, lines } = notesOf();
    notes.take({ type: 'reconnected', reason: 'refused', attempt: 2, code: 'media.connection-limit' });
    expect(lines[0]).toMatchObject({
      level: 'info',
      event: 'media.reconnected',
      reason: 'refused',
      attempt: 2,
      code: 'media.connection-limit',
    });
    expect(notes.report(NOTHING_COUNTED).lastTrouble?.code).toBe('media.connection-limit');
  });

  it('goes on after another worker: connections add up, media read again is counted once', () => {
    const first = notesOf().notes;
    first.take({ type: 'duplicate', fragmentNumber: '7' });
    first.take({ type: 'reconnected', reason: 'cut', attempt: 1 });
    const filled = { customer: { count: 2, totalMs: 300, longestMs: 200 }, agent: NO_HOLES };
    const saved = first.report({ ...NOTHING_COUNTED, fragmentCount: 9, damageCount: 1, filled });

    const { notes } = notesOf(saved, 2);
    expect(notes.report({ ...NOTHING_COUNTED, fragmentCount: 7 })).toEqual({ ...saved, takeOverCount: 1 });
    notes.take({ type: 'reconnected', reason: 'cut', attempt: 1 });
    expect(notes.report({ ...NOTHING_COUNTED, fragmentCount: 10, damageCount: 1, filled })).toEqual({
      ...saved,
      fragmentCount: 10,
      reconnects: { cut: 2 },
      takeOverCount: 1,
    });
  });

  it('counts in the metrics what the report has grown by', async () => {
    const filled = { customer: { count: 1, totalMs: 500, longestMs: 500 }, agent: NO_HOLES };
    const gaps = { customer: NO_HOLES, agent: { count: 1, totalMs: 3000, longestMs: 3000 } };
    const counts = { fragmentCount: 4, damageCount: 2, filled, gaps };
    const first = notesOf();
    first.notes.report(counts);
    const saved = first.notes.report({ ...counts, fragmentCount: 6 });
    expect(await first.metric('kvs_fragments_total')).toEqual(['kvs_fragments_total{} 6']);
    expect(await first.metric('kvs_damage_total')).toEqual(['kvs_damage_total{} 2']);
    expect(await first.metric('kvs_filled_silence_seconds_total')).toEqual([
      'kvs_filled_silence_seconds_total{role="customer",} 0.5',
    ]);
    expect(await first.metric('kvs_media_gap_seconds_total')).toEqual([
      'kvs_media_gap_seconds_total{role="agent",} 3',
    ]);
    const second = notesOf(saved, 2);
    second.notes.report({ ...counts, fragmentCount: 7 });
    expect(await second.metric('kvs_fragments_total')).toEqual(['kvs_fragments_total{} 1']);
    expect(await second.metric('kvs_damage_total')).toEqual(['kvs_damage_total{} 0']);
  });

  it('ends with what the session failed of', () => {
    const { notes } = notesOf();
    const trouble = { code: 'media.access-denied', cause: 'Refused', remedy: 'Allow it' };
    expect(notes.fail(trouble).lastTrouble).toEqual({ ...trouble, atMs: NOW_MS });
  });
});
