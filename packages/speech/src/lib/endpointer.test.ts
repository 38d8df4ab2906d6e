import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScriptedDetector, scriptedPcm } from '../testing.ts';
import { Endpointer } from './endpointer.ts';
import { parseEndpointerSnapshot } from './endpointer-snapshot.ts';
import type { EndpointerOptions } from './endpointer-options.ts';
import type { SpeechSegment } from './speech-segment.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const detector = createScriptedDetector();
const say = (durationMs: number): { durationMs: number; amplitude: number } => ({
  durationMs,
  amplitude: 8000,
});
const hush = (durationMs: number): { durationMs: number; amplitude: number } => ({
  durationMs,
  amplitude: 0,
});

async function cutAll(pcm: Int16Array, options: EndpointerOptions = {}): Promise<SpeechSegment[]> {
  const endpointer = Endpointer.create(detector, options);
  return [...(await endpointer.push(pcm)), ...(await endpointer.flush())];
}

function shape(segments: readonly SpeechSegment[]): unknown[] {
  return segments.map((each) => [each.cause, each.startSample, each.endSample]);
}

/** Talk and silence of any length, louder than the energy gate or not. */
const callAudio = fc
  .array(
    fc.record({
      durationMs: fc.integer({ min: 1, max: 2500 }),
      amplitude: fc.constantFrom(0, 0, 20, 900, 8000),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map(scriptedPcm);
const shortLimits: EndpointerOptions = { segmentMsMax: 1500, pauseCutAfterMs: 700 };

describe('Endpointer', () => {
  it('answers open speech so far as a flush would cut it, and goes on as if nobody had asked', async () => {
    await fc.assert(
      fc.asyncProperty(callAudio, fc.integer({ min: 1, max: 4000 }), async (pcm, take) => {
        const asked = Endpointer.create(detector);
        const [segments, open]: [SpeechSegment[], (SpeechSegment | undefined)[]] = [[], []];
        for (let at = 0; at < pcm.length; at += take) {
          segments.push(...(await asked.push(pcm.subarray(at, at + take))));
          open.push(asked.openSegment());
        }
        const flushed = await asked.flush();
        expect([...segments, ...flushed]).toEqual(await cutAll(pcm));
        expect(asked.openSegment()).toBeUndefined();
        expect(flushed.length > 0 ? open.at(-1) : undefined).toEqual(flushed[0]);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    { given: 'silence', runs: [hush(2000)], want: [] },
    { given: 'a click', runs: [hush(320), say(32), hush(900)], want: [] },
    {
      given: 'a word, then silence past the hangover',
      runs: [hush(320), say(320), hush(900)],
      want: [['pause', 2560, 5120]],
    },
    { given: 'speech up to the end', runs: [hush(320), say(640)], want: [['flush', 2560, 7680]] },
    {
      given: 'words closer than the hangover',
      runs: [say(320), hush(256), say(320), hush(900)],
      want: [['pause', 0, 7168]],
    },
    {
      given: 'a short pause after long speech',
      runs: [say(4160), hush(192), say(320), hush(900)],
      want: [
        ['long', 0, 33280],
        ['pause', 34816, 37376],
      ],
    },
    {
      given: 'a fragment with what follows closer than 400 ms',
      runs: [hush(320), say(224), hush(352), say(320), hush(900)],
      want: [['pause', 2560, 9728]],
    },
    {
      given: 'a word from what follows after 320 ms',
      runs: [hush(320), say(256), hush(352), say(320), hush(900)],
      want: [
        ['pause', 2560, 4608],
        ['pause', 7424, 9984],
      ],
    },
  ])('cuts $given', async ({ runs, want }) => {
    expect(shape(await cutAll(scriptedPcm(runs)))).toEqual(want);
  });

  it.each([
    {
      given: 'no short pause after 4 s of speech, which goes on',
      runs: [say(4160), hush(256), say(320), hush(900)],
      want: [['long', 0, 37888]],
    },
    {
      given: 'a longer pause after 6 s',
      runs: [say(6016), hush(256), say(320), hush(900)],
      want: [
        ['long', 0, 48128],
        ['pause', 50176, 52736],
      ],
    },
    {
      given: 'a short pause after 8 s',
      runs: [say(8000), hush(192), say(320), hush(900)],
      want: [
        ['long', 0, 64000],
        ['pause', 65536, 68096],
      ],
    },
  ])('where the pause shrinks over 4 s, cuts $given', async ({ runs, want }) => {
    expect(shape(await cutAll(scriptedPcm(runs), { pauseCutEaseMs: 4000 }))).toEqual(want);
  });

  it('drops a steady tone that the detector takes for a voice, and shows nothing of it', async () => {
    const tone = Int16Array.from({ length: 8000 }, (_, index) => 8000 * Math.sin(index / 3));
    const pcm = Int16Array.of(...tone, ...scriptedPcm([hush(960), say(640), hush(160)]));
    const endpointer = Endpointer.create(detector);
    expect(await endpointer.push(pcm.subarray(0, 8000 + 256 * 6))).toEqual([]);
    expect([endpointer.openSample, endpointer.likely, endpointer.openSegment()]).toEqual([
      0,
      undefined,
      undefined,
    ]);
    expect(shape(await cutAll(pcm))).toEqual([['flush', 15616, 20992]]);
    expect(await cutAll(pcm, { toneShareMin: null, musicShareMin: null })).toHaveLength(2);
  });

  it('cuts speech without a pause at the quietest 20 ms of the last 0.8 s, and loses no sample', async () => {
    const pcm = scriptedPcm([say(9601), { durationMs: 20, amplitude: 1500 }, say(3000), hush(900)]);
    const [first, second, ...rest] = await cutAll(pcm);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ cause: 'hard', startSample: 0, decodeEndSample: 9611 * 8 });
    expect(second).toMatchObject({ cause: 'pause', startSample: 9611 * 8, decodeStartSample: 9611 * 8 });
  });

  it('decodes from the pre-roll up to the post-roll, never again what the segment before held', async () => {
    const [first, second] = await cutAll(scriptedPcm([hush(960), say(8000), hush(160), say(640), hush(900)]));
    expect(first).toMatchObject({ decodeStartSample: (960 - 250) * 8, decodeEndSample: (8960 + 160) * 8 });
    expect(second).toMatchObject({ decodeStartSample: 8960 * 8, decodeEndSample: (9760 + 160) * 8 });
  });

  it('hands out the very samples it names', async () => {
    const pcm = scriptedPcm([hush(500), say(700), hush(500), say(5000), hush(170), say(6000), hush(100)]);
    for (const segment of await cutAll(pcm)) {
      expect(segment.pcm).toEqual(pcm.slice(segment.decodeStartSample, segment.decodeEndSample));
    }
  });

  it('gives the same segments for any chunking', async () => {
    await fc.assert(
      fc.asyncProperty(
        callAudio,
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }),
        async (pcm, sizes) => {
          const endpointer = Endpointer.create(detector, shortLimits);
          const segments: SpeechSegment[] = [];
          for (let offset = 0, turn = 0; offset < pcm.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            segments.push(...(await endpointer.push(pcm.subarray(offset, offset + size))));
            offset += size;
          }
          segments.push(...(await endpointer.flush()));
          expect(segments).toEqual(await cutAll(pcm, shortLimits));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on from a stored snapshot at any point with the segments that were still to come', async () => {
    await fc.assert(
      fc.asyncProperty(callAudio, fc.nat(), fc.nat(), async (pcm, first, second) => {
        const cuts = [first % (pcm.length + 1), second % (pcm.length + 1)].sort((a, b) => a - b);
        let endpointer = Endpointer.create(detector, shortLimits);
        const segments: SpeechSegment[] = [];
        let pushed = 0;
        for (const cut of cuts) {
          segments.push(...(await endpointer.push(pcm.subarray(pushed, Math.max(pushed, cut)))));
          const stored = parseEndpointerSnapshot(JSON.parse(JSON.stringify(endpointer.snapshot())));
          endpointer = Endpointer.create(detector, shortLimits, stored);
          pushed = stored.anchorSample;
        }
        segments.push(...(await endpointer.push(pcm.subarray(pushed))), ...(await endpointer.flush()));
        expect(segments).toEqual(await cutAll(pcm, shortLimits));
      }),
      { numRuns: 100 },
    );
  });

  it('shows the segment of a pause once the post-roll is heard, and no more once speech goes on', async () => {
    const endpointer = Endpointer.create(detector);
    const pcm = scriptedPcm([hush(320), say(640), hush(192), say(320), hush(900)]);
    const shown: unknown[] = [];
    for (let offset = 0; offset < 192 * 256; offset += 256) {
      const cuts = await endpointer.push(pcm.subarray(offset, offset + 256));
      if (cuts.length > 0) shown.push(['cut', offset / 256]);
      const { likely } = endpointer;
      shown.push(likely === undefined ? 'nothing' : [likely.endSample / 256, likely.decodeEndSample / 256]);
    }
    const changes = shown.filter((each, index) => JSON.stringify(each) !== JSON.stringify(shown[index - 1]));
    expect(changes).toEqual(['nothing', [30, 35], 'nothing', [46, 51], ['cut', 55], 'nothing']);
  });

  it('cuts at a pause or a flush the very segment it showed before, restored in between or not', async () => {
    await fc.assert(
      fc.asyncProperty(callAudio, fc.nat(), async (pcm, place) => {
        let endpointer = Endpointer.create(detector, shortLimits);
        const restoreAt = place % (pcm.length + 1);
        let shown: SpeechSegment | undefined;
        const settle = (cuts: readonly SpeechSegment[]): void => {
          const held = shown;
          const [cut] = cuts;
          shown = endpointer.likely;
          if (held === undefined || cut?.endSample !== held.endSample) return;
          expect({ ...cut, cause: held.cause }).toEqual(held);
        };
        for (let offset = 0, restored = false; offset < pcm.length;) {
          const end = Math.min(pcm.length, offset + 256);
          settle(await endpointer.push(pcm.subarray(offset, end)));
          offset = end;
          if (restored || offset < restoreAt) continue;
          restored = true;
          const stored = parseEndpointerSnapshot(JSON.parse(JSON.stringify(endpointer.snapshot())));
          endpointer = Endpointer.create(detector, shortLimits, stored);
          offset = stored.anchorSample;
        }
        settle(await endpointer.flush());
        expect(endpointer.likely).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('moves its anchor on in silence and keeps it before speech that is open', async () => {
    const endpointer = Endpointer.create(detector);
    await endpointer.push(scriptedPcm([hush(3200)]));
    expect(endpointer).toMatchObject({
      processedSamples: 25600,
      anchorSample: 25600 - 2000,
      openSample: null,
    });
    await endpointer.push(scriptedPcm([say(3200)]));
    expect(endpointer).toMatchObject({
      processedSamples: 51200,
      anchorSample: 25600 - 2000,
      openSample: 25600,
    });
  });

  it('counts on after a flush and never reaches back over it', async () => {
    const endpointer = Endpointer.create(detector);
    await endpointer.push(scriptedPcm([hush(100), say(1000)]));
    expect(shape(await endpointer.flush())).toEqual([['flush', 768, 8704]]);
    await endpointer.push(scriptedPcm([say(640), hush(900)]).subarray(0, 5120));
    const [next] = await endpointer.flush();
    expect(next).toMatchObject({ startSample: 8800, decodeStartSample: 8800 });
  });

  it('hears everything without the energy gate, and only what follows a loud frame with it', async () => {
    const heard = async (energyGateDbfs: number | null): Promise<number> => {
      let frames = 0;
      const counting = createScriptedDetector(() => {
        frames += 1;
        return 0;
      });
      const endpointer = Endpointer.create(counting, { energyGateDbfs });
      await endpointer.push(scriptedPcm([hush(3200), say(32), hush(3200)]));
      return frames;
    };
    expect(await heard(null)).toBe(201);
    expect(await heard(-48)).toBe(4 + 1 + 8);
  });

  it('refuses a push while another runs', async () => {
    const endpointer = Endpointer.create(detector);
    const running = endpointer.push(scriptedPcm([say(500)]));
    await expect(endpointer.push(scriptedPcm([say(500)]))).rejects.toThrow(
      'the push before it has not ended',
    );
    await running;
  });

  it.each([
    { given: { threshold: 0 }, want: 'Cannot use endpointer option threshold: 0 is not between 0.01 and 1' },
    { given: { segmentMsMax: 20_000 }, want: 'segmentMsMax: 20000 is not between 1000 and 15000' },
    { given: { hangoverMs: Number.NaN }, want: 'hangoverMs: NaN is not between 32 and 5000' },
  ])('refuses $given', ({ given, want }) => {
    expect(() => Endpointer.create(detector, given)).toThrow(want);
  });
});

describe('parseEndpointerSnapshot', () => {
  it.each([null, 'x', {}, { version: 2, cut: {} }, { version: 1, cut: { processedSample: -1 } }])(
    'refuses %j',
    (given) => {
      expect(() => parseEndpointerSnapshot(given)).toThrow('Cannot read endpointer snapshot');
    },
  );
});
