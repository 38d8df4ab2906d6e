import { describe, expect, it } from 'vitest';
import {
  GUID,
  GUIDE_START,
  GUIDE_STOP,
  gatewayUnderTest,
  START,
  STOP,
} from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 409-202', () => {
  it('refuses a guid of which another request is in progress', async () => {
    const { post, calls, queued } = await gatewayUnderTest();
    calls.lock(GUID);
    expect(await readRefusal(await post(START, GUIDE_START))).toMatchObject({ status: 409, code: '409-202' });
    expect(queued).toEqual([]);
  });

  it('refuses while a stop of the guid is unanswered', async () => {
    const { post, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const stop = post(STOP, GUIDE_STOP);
    await expect
      .poll(async () => (await calls.getCall('tenant-1', GUID))?.sessions[0]?.state)
      .toBe('stopping');
    expect(await readRefusal(await post(START, GUIDE_START))).toMatchObject({ status: 409, code: '409-202' });
    calls.end(GUID, {
      customer: { audioBytes: 16, transcripts: 0 },
      agent: { audioBytes: 16, transcripts: 0 },
    });
    expect((await stop).status).toBe(200);
  });
});
