import type { RecordingList } from '@earshot/api';
import { describe, expect, it } from 'vitest';
import { readProblem } from '../../testing/retention-under-test.ts';
import { GUID, recordingsUnderTest } from '../../testing/recordings-under-test.ts';

describe('GET recordings', () => {
  it('lists the legs with what there is of them, and no key of an object', async () => {
    const holes = [{ fromMs: 10, toMs: 20 }];
    const failed = { state: 'failed', problem: 'recordings.unreadable', file: undefined } as const;
    const running = { state: 'recording', durationMs: 9000, holes, file: undefined } as const;
    const { get, file, sha256 } = await recordingsUnderTest({ legs: [{}, failed, running] });
    const response = await get(`${GUID}/recordings`);
    expect(response.status).toBe(200);
    const startedAt = '2026-11-23T12:00:00.000Z';
    expect((await response.json()) as RecordingList).toEqual({
      recordings: [
        {
          leg: 1,
          sessionId: 'session-1',
          state: 'ready',
          startedAt,
          durationMs: 2300,
          byteCount: file.byteLength,
          wavByteCount: 73_644,
          sha256,
          holes: [],
        },
        {
          leg: 2,
          sessionId: 'session-2',
          state: 'failed',
          startedAt,
          durationMs: 2300,
          holes: [],
          problem: 'recordings.unreadable',
        },
        { leg: 3, sessionId: 'session-3', state: 'recording', startedAt, durationMs: 9000, holes },
      ],
    });
  });

  it('tells no size of a WAV of more than 37 hours', async () => {
    const { get } = await recordingsUnderTest({
      legs: [{ durationMs: 134_217_726 }, { durationMs: 134_217_727 }],
    });
    const { recordings } = (await (await get(`${GUID}/recordings`)).json()) as RecordingList;
    expect(recordings.map(({ wavByteCount }) => wavByteCount)).toEqual([4_294_967_276, undefined]);
  });

  it('is empty where nothing was recorded, and 404 where there is no call', async () => {
    const { get } = await recordingsUnderTest({ legs: [] });
    expect(await (await get(`${GUID}/recordings`)).json()).toEqual({ recordings: [] });
    expect(await readProblem(await get('another/recordings'))).toEqual({
      status: 404,
      code: '404-01',
      detail: 'No call with this guid',
    });
  });
});
