import { describe, expect, it } from 'vitest';
import { GUIDE_START, gatewayUnderTest, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 404-01', () => {
  it.each([`${START}/more`, '/mg-autotranscribe/v2/start-streaming'])('knows no %s', async (path) => {
    const { post } = await gatewayUnderTest();
    expect(await readRefusal(await post(path, GUIDE_START))).toMatchObject({ status: 404, code: '404-01' });
  });
});
