import { describe, expect, it } from 'vitest';
import { ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

const url = 'https://transcripts.example.com/';
const auth = { type: 'secret', name: 'x-token', in: 'header', value: 'v' };

describe('POST endpoints 400-03', () => {
  const refused: readonly { given: object; want: string }[] = [
    { given: { url: undefined }, want: '/url is required' },
    { given: { url: '/relative' }, want: '/url must be an absolute https URL' },
    { given: { url: 'ftp://example.com/' }, want: '/url must be an absolute https URL' },
    { given: { url: 'http://example.com/' }, want: '/url must be an https URL of a public host' },
    { given: { url: 'https://127.0.0.1/' }, want: '/url must be an https URL of a public host' },
    { given: { url: 'https://0x7f.1/' }, want: '/url must be an https URL of a public host' },
    { given: { url: 'https://localhost/' }, want: '/url must be an https URL of a public host' },
    { given: { url: 'https://[::1]/' }, want: '/url must be an https URL of a public host' },
    { given: { url: 'https://[::ffff:10.0.0.1]/' }, want: '/url must be an https URL of a public host' },
    { given: { url: 'https://169.254.169.254/latest/meta-data' }, want: 'of a public host' },
    { given: { url: 'https://user:pass@example.com/' }, want: '/url must hold no user name and password' },
    { given: { name: '' }, want: '/name must not be empty' },
    { given: { timeoutMs: 30_001 }, want: '/timeoutMs must be at most 30000' },
    { given: { pendingMax: 0 }, want: '/pendingMax must be at least 1' },
    { given: { partials: 'yes' }, want: '/partials must be true or false' },
    { given: { policy: 'exactly-once' }, want: '/policy must be "realtime" or "durable"' },
    { given: { auth: { ...auth, name: 'content-length' } }, want: '/auth/name must be a header name' },
    { given: { auth: { ...auth, name: 'webhook-id' } }, want: '/auth/name must be a header name' },
    { given: { auth: { ...auth, value: 'a\nb' } }, want: '/auth/value must be' },
    { given: { auth: { type: 'secret', name: 'x', in: 'header' } }, want: '/auth/value is required' },
  ];
  it.each(refused)('refuses $given', async ({ given, want }) => {
    const { post, get } = await gatewayUnderTest();
    const problem = await readProblem(await post(ENDPOINTS, { name: 'a', url, ...given }));
    expect(problem).toMatchObject({ status: 400, code: '400-03', detail: expect.stringContaining(want) });
    expect(problem.problems).not.toHaveLength(0);
    expect(await (await get(ENDPOINTS)).json()).toEqual({ items: [] });
  });
});
