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

describe('POST stop-streaming 409-202', () => {
  it('refuses while another request for the guid is in progress', async () => {
    const { post, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    calls.lock(GUID);
    expect(await readRefusal(await post(STOP, GUIDE_STOP))).toMatchObject({ status: 409, code: '409-202' });
  });
});
