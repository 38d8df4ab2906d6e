import { describe, expect, it } from 'vitest';
import {
  GUID,
  GUIDE_COUNTS,
  GUIDE_START,
  GUIDE_STOP,
  gatewayUnderTest,
  START,
  STOP,
} from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST stop-streaming 409-201', () => {
  it('refuses a second stop of the same session', async () => {
    const { post, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    calls.end(GUID, GUIDE_COUNTS);
    await post(STOP, GUIDE_STOP);
    expect(await readRefusal(await post(STOP, GUIDE_STOP))).toMatchObject({ status: 409, code: '409-201' });
  });
});
