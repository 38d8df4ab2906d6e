import { PARTICIPANT_ROLES } from '@earshot/domain';
import { demux, type MatroskaEvent } from '@earshot/matroska';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleRecording } from './assemble-recording.ts';
import { voicedPcm } from '../testing/sample-recording.ts';
import { checkRecording } from './check-recording.ts';
import { muxRecordingPart } from './mux-recording-part.ts';
import { AUDIO_TRACKS, BYTES_PER_MS } from './recording-layout.ts';
import type { RecordingMute, RecordingStretch } from './recording-stretch.ts';
import type { RecordingPart } from './recording-pieces.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

function stretchOf(
  durationMs: number,
  mutes: readonly RecordingMute[] = [],
): RecordingStretch & { readonly fromMs: 0 } {
  const byteCount = durationMs * BYTES_PER_MS;
  const pcm = { customer: voicedPcm(byteCount, 1), agent: voicedPcm(byteCount, 2) };
  return { fromMs: 0, toMs: durationMs, pcm, mutes, cues: [] };
}

function cut(stretch: RecordingStretch, edges: readonly number[]): RecordingPart[] {
  const { pcm, toMs } = stretch;
  const moments = [...new Set([0, ...edges.filter((edge) => edge < toMs), toMs])].toSorted((a, b) => a - b);
  return moments.slice(1).map((end, index) => {
    const start = moments[index] ?? 0;
    const slice = (side: Uint8Array) => side.subarray(start * BYTES_PER_MS, end * BYTES_PER_MS);
    const part = muxRecordingPart({
      ...stretch,
      fromMs: start,
      toMs: end,
      pcm: { customer: slice(pcm.customer), agent: slice(pcm.agent) },
    });
    return { fromMs: start, toMs: end, byteCount: part.length, open: () => [part] };
  });
}

async function readSides(parts: readonly RecordingPart[], durationMs: number) {
  const info = { title: 'g', startedAtMs: 0, language: 'en-US', durationMs };
  const events: MatroskaEvent[] = [];
  for await (const event of demux(assembleRecording(info, parts).bytes, { strict: true })) events.push(event);
  const sideOf = (trackNumber: number) =>
    Buffer.concat(
      events.flatMap((event) =>
        event.type === 'block' && event.trackNumber === trackNumber ? event.frames : [],
      ),
    );
  return { customer: sideOf(AUDIO_TRACKS.customer), agent: sideOf(AUDIO_TRACKS.agent) };
}

const mute = fc
  .record({
    role: fc.constantFrom(...PARTICIPANT_ROLES),
    startMs: fc.integer({ min: -500, max: 9000 }),
    lengthMs: fc.integer({ min: 0, max: 3000 }),
  })
  .map(({ role, startMs, lengthMs }) => ({ role, startMs, endMs: startMs + lengthMs }));

describe('muxRecordingPart', () => {
  it('silences every sample of a mute and changes no other, however the call is cut into parts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8000 }),
        fc.array(mute, { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 8000 }), { maxLength: 5 }),
        async (durationMs, mutes, edges) => {
          const stretch = stretchOf(durationMs, mutes);
          const sides = await readSides(cut(stretch, edges), durationMs);
          for (const role of PARTICIPANT_ROLES) {
            const want = Buffer.from(stretch.pcm[role]);
            for (const { startMs, endMs } of mutes.filter((each) => each.role === role)) {
              for (let ms = Math.max(0, startMs); ms < Math.min(durationMs, endMs); ms++) {
                want.fill(0, ms * BYTES_PER_MS, (ms + 1) * BYTES_PER_MS);
              }
            }
            expect(sides[role].equals(want)).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('shows every caption at its time, whichever part it comes with, however late', async () => {
    const caption = fc.record({
      role: fc.constantFrom(...PARTICIPANT_ROLES),
      startMs: fc.integer({ min: 0, max: 119_999 }),
      lengthMs: fc.integer({ min: 1, max: 60_000 }),
      text: fc.string({ minLength: 1, unit: 'grapheme' }),
      latePartCount: fc.integer({ min: 0, max: 5 }),
    });
    const silence = new Uint8Array(20_000 * BYTES_PER_MS);
    await fc.assert(
      fc.asyncProperty(fc.array(caption, { maxLength: 12 }), async (captions) => {
        const placed = captions.map(({ latePartCount, lengthMs, ...cue }) => ({
          cue: { ...cue, endMs: cue.startMs + lengthMs },
          partIndex: Math.min(5, Math.floor(cue.startMs / 20_000) + latePartCount),
        }));
        const parts = Array.from({ length: 6 }, (_, partIndex) => {
          const fromMs = partIndex * 20_000;
          const cues = placed.filter((each) => each.partIndex === partIndex).map(({ cue }) => cue);
          const pcm = { customer: silence, agent: silence };
          const part = muxRecordingPart({ fromMs, toMs: fromMs + 20_000, pcm, mutes: [], cues });
          return { fromMs, toMs: fromMs + 20_000, byteCount: part.length, open: () => [part] };
        });
        const info = { title: 'g', startedAtMs: 0, language: 'en-US', durationMs: 120_000 };
        const want = placed.map(({ cue }) => cue);
        expect(await checkRecording(assembleRecording(info, parts).bytes, want)).toEqual({ ok: true });
      }),
      { numRuns: 15 },
    );
  });

  it('writes captions that came after all audio in a part of no length', async () => {
    const cues = [2_000, 40_000, 90_000, 100_000].map(
      (startMs) => ({ role: 'agent', startMs, endMs: startMs + 5, text: `${startMs}` }) as const,
    );
    const none = new Uint8Array(0);
    const late = { fromMs: 100_000, toMs: 100_000, pcm: { customer: none, agent: none }, mutes: [], cues };
    const part = muxRecordingPart(late);
    const info = { title: 'g', startedAtMs: 0, language: 'en-US', durationMs: 100_000 };
    const parts = [{ fromMs: 100_000, toMs: 100_000, byteCount: part.length, open: () => [part] }];
    expect(await checkRecording(assembleRecording(info, parts).bytes, cues)).toEqual({ ok: true });
    expect(muxRecordingPart({ ...late, cues: [] })).toHaveLength(0);
  });

  it('does not touch the audio it was given', () => {
    const stretch = stretchOf(300, [{ role: 'agent', startMs: 0, endMs: 300 }]);
    const before = Buffer.from(stretch.pcm.agent);
    muxRecordingPart(stretch);
    expect(before.equals(stretch.pcm.agent)).toBe(true);
  });

  it('widens a mute of fractions of a millisecond to whole samples', async () => {
    const stretch = stretchOf(10, [{ role: 'customer', startMs: 1.2, endMs: 1.3 }]);
    const { customer } = await readSides(cut(stretch, []), 10);
    const silent = Array.from({ length: 80 }, (_, sample) => sample).filter(
      (sample) => customer.readInt16LE(sample * 2) === 0,
    );
    expect(silent).toEqual([9, 10]);
  });

  it('gives the same bytes for the same stretch', () => {
    const stretch = stretchOf(12_345, [{ role: 'agent', startMs: 100, endMs: 900 }]);
    expect(Buffer.from(muxRecordingPart(stretch)).equals(muxRecordingPart(stretch))).toBe(true);
  });

  const cue = { role: 'agent', startMs: 0, endMs: 100, text: 'secret words' } as const;
  it.each([
    { given: { fromMs: -1 }, want: /-1 to 100 ms is not a stretch/ },
    { given: { toMs: 100.5 }, want: /0 to 100.5 ms is not a stretch/ },
    { given: { toMs: 200 }, want: /1600 bytes of the customer are not the 3200/ },
    { given: { cues: [{ ...cue, startMs: 100 }] }, want: /from 100 to 100 ms begins outside 0 to 100 ms/ },
    { given: { cues: [{ ...cue, startMs: 50, endMs: 49 }] }, want: /from 50 to 49 ms/ },
    { given: { cues: [{ ...cue, endMs: Infinity }] }, want: /from 0 to Infinity ms/ },
  ])('refuses a stretch that contradicts itself: $want', ({ given, want }) => {
    const write = () => muxRecordingPart({ ...stretchOf(100), ...given });
    expect(write).toThrow(expect.objectContaining({ code: 'recordings.invalid-argument' }));
    expect(write).toThrow(want);
    expect(write).not.toThrow(/secret/);
  });
});
