import { createLogger, createMetrics } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { lease } from '../testing/call-world.ts';
import type { DueStretch } from './call-tapes.ts';
import { createRecordingMetrics } from './recording-metrics.ts';
import { storePart, type StorePartDeps } from './store-part.ts';

const PCM = { customer: new Uint8Array(1600), agent: new Uint8Array(1600) };
const DUE: DueStretch = {
  stretch: { fromMs: 0, toMs: 100, pcm: PCM, mutes: [], cues: [] },
  holes: [],
  messageIds: [],
};

/** A store of objects that never answers. */
function hangingDeps(): { readonly deps: StorePartDeps; readonly lines: string[] } {
  const lines: string[] = [];
  const deps: StorePartDeps = {
    recordings: { addPart: () => Promise.reject(new Error('Not to be asked')) },
    objects: { put: () => new Promise(() => undefined), delete: async () => undefined },
    metrics: createRecordingMetrics(createMetrics('ingest')),
    logger: createLogger({ app: 'ingest', level: 'warn', write: (line) => void lines.push(line) }),
  };
  return { deps, lines };
}

describe('storePart', () => {
  it('gives up a store that does not answer, for another try', async () => {
    const { deps, lines } = hangingDeps();
    const place = { lease: lease(), startedAtMs: 0, attempt: 1, putMsMax: 5 };
    const stored = await storePart(deps, DUE, place, new AbortController().signal);
    expect(stored).toEqual({ type: 'failed' });
    expect(lines.join('')).toContain('Cannot store part of a recording: it took longer than 5 ms');
  });

  it('ends at once, with the reason, when it is told to', async () => {
    const { deps, lines } = hangingDeps();
    const place = { lease: lease(), startedAtMs: 0, attempt: 1, putMsMax: 60_000 };
    const told = new AbortController();
    const storing = storePart(deps, DUE, place, told.signal);
    told.abort(new Error('closing'));
    await expect(storing).rejects.toThrow('closing');
    expect(lines).toEqual([]);
  });
});
