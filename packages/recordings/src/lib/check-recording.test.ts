import { describe, expect, it } from 'vitest';
import { inChunks, SAMPLE_CUES, SAMPLE_INFO, sampleFile, samplePart } from '../testing/sample-recording.ts';
import { assembleRecording } from './assemble-recording.ts';
import { checkRecording } from './check-recording.ts';
import type { RecordingCue } from './recording-stretch.ts';

const file = await sampleFile();

function changed(index: number, change: Partial<RecordingCue>): RecordingCue[] {
  return SAMPLE_CUES.map((cue, at) => (at === index ? { ...cue, ...change } : cue));
}

describe('checkRecording', () => {
  it.each([1000, 65_536, Infinity])(
    'finds every caption at its time, in chunks of %s bytes',
    async (size) => {
      expect(await checkRecording(inChunks(file, size), SAMPLE_CUES)).toEqual({ ok: true });
    },
  );

  it('takes captions in any order, with the times of fractions and what UTF-8 cannot hold', async () => {
    const cues: RecordingCue[] = [
      { role: 'agent', startMs: 700.4, endMs: 700.4, text: 'b\ud800' },
      { role: 'agent', startMs: 700, endMs: 701, text: 'a' },
      { role: 'customer', startMs: 699.6, endMs: 800, text: 'c\r\nd' },
    ];
    const part = samplePart({ fromMs: 0, toMs: 1000, cues });
    const { bytes } = assembleRecording({ ...SAMPLE_INFO, durationMs: 1000 }, [part]);
    expect(await checkRecording(bytes, cues.toReversed())).toEqual({ ok: true });
  });

  it.each([
    { given: changed(0, { text: 'secret words' }), want: 'caption 1 of the agent at 0 ms has another text' },
    {
      given: changed(2, { startMs: 9_998 }),
      want: 'caption 2 of the agent is from 9999 to 11500 ms, not from 9998 to 11500 ms',
    },
    {
      given: changed(1, { endMs: 3_351 }),
      want: 'caption 1 of the customer is from 1250 to 3350 ms, not from 1250 to 3351 ms',
    },
    { given: changed(3, { role: 'agent' }), want: '2 captions of the customer, not 1' },
    { given: [], want: '2 captions of the customer, not 0' },
  ])('tells that $want', async ({ given, want }) => {
    expect(await checkRecording(inChunks(file, 4096), given)).toEqual({ ok: false, problem: want });
  });

  it.each([
    { what: 'is cut off', bytes: file.subarray(0, -40_000), want: /matroska.truncated at byte|ends at/ },
    { what: 'has damage', bytes: damaged(300_000), want: /matroska\.|goes on at/ },
    { what: 'is empty', bytes: Buffer.alloc(0), want: /no Tracks/ },
    { what: 'is no Matroska', bytes: Buffer.alloc(300_000, 'RIFF'), want: /cannot be told apart|no Tracks/ },
    { what: 'is zeros', bytes: Buffer.alloc(300_000), want: /cannot be told apart|no Tracks/ },
  ])('tells of a file that $what', async ({ bytes, want }) => {
    const check = await checkRecording(inChunks(bytes, 4096), SAMPLE_CUES);
    expect(check).toEqual({ ok: false, problem: expect.stringMatching(want) });
  });

  it('throws what the source throws', async () => {
    const failing = (async function* () {
      yield file.subarray(0, 5000);
      throw new Error('store is away');
    })();
    await expect(checkRecording(failing, [])).rejects.toThrow('store is away');
  });

  it('gives up on a source that gives nothing more', async () => {
    const stalled = (async function* () {
      yield file.subarray(0, 5000);
      await new Promise(() => undefined);
    })();
    await expect(checkRecording(stalled, [], { idleMsMax: 20 })).rejects.toThrow(
      expect.objectContaining({ code: 'recordings.stalled', retryable: true }),
    );
  });
});

function damaged(atBytes: number): Buffer {
  const bytes = Buffer.from(file);
  bytes.fill(0x55, atBytes, atBytes + 3000);
  return bytes;
}
