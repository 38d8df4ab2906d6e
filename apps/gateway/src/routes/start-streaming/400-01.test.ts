import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 400-01', () => {
  it.each(['', '{"guid": ', 'guid=1', "{'guid': 'a'}"])('refuses %j, which is not JSON', async (body) => {
    const { post, queued } = await gatewayUnderTest();
    expect(await readRefusal(await post(START, body))).toMatchObject({ status: 400, code: '400-01' });
    expect(queued).toEqual([]);
  });
});
