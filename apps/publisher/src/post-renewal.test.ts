import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOutboundAuth } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { post, type PostMessage, type PostTarget } from './post.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

const message: PostMessage = { sequence: 1, webhookId: 'msg_abc', body: '{}' };
const options = { userAgent: 'Earshot/test', nowMs: 1_700_000_000_000, signal: new AbortController().signal };

/** A receiver that answers 401 to every token but those it takes; tokens are numbered `t1`, `t2`, ... */
async function setUp(
  ...taken: readonly string[]
): Promise<{ target: PostTarget; got: IncomingHttpHeaders[] }> {
  const got: IncomingHttpHeaders[] = [];
  const server = createServer(({ headers }, response) => {
    got.push(headers);
    response.writeHead(taken.includes(headers.authorization ?? '') ? 200 : 401).end('who are you');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dispatcher = new Agent();
  cleanUps.push(async () => {
    await dispatcher.destroy();
    server.close();
    await once(server, 'close');
  });
  let askedCount = 0;
  const oauth2 = { tokenUrl: 'https://auth/', clientId: 'c', clientAuthentication: 'post' } as const;
  const auth = createOutboundAuth([{ type: 'oauth2', ...oauth2 }], async () => 'secret', {
    clock: systemClock,
    async fetch() {
      askedCount += 1;
      return Response.json({ access_token: `t${askedCount}`, token_type: 'Bearer', expires_in: 600 });
    },
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return { target: { url, auth, dispatcher, timeoutMs: 5000 }, got };
}

describe('post', () => {
  it('tries again with a new token when the one it has is refused, and keeps that', async () => {
    const { target, got } = await setUp('Bearer t2');
    expect(await post(target, message, options)).toMatchObject({ type: 'answered', status: 200 });
    expect(await post(target, message, options)).toMatchObject({ type: 'answered', status: 200 });
    expect(got.map(({ authorization, 'webhook-id': id }) => [authorization, id])).toEqual([
      ['Bearer t1', 'msg_abc'],
      ['Bearer t2', 'msg_abc'],
      ['Bearer t2', 'msg_abc'],
    ]);
  });

  it('tries no third time', async () => {
    const { target, got } = await setUp();
    expect(await post(target, message, options)).toMatchObject({ type: 'answered', status: 401 });
    expect(got.map(({ authorization }) => authorization)).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('asks for no other token than all who were refused with it need', async () => {
    const { target, got } = await setUp('Bearer t2');
    await Promise.all(Array.from({ length: 8 }, () => post(target, message, options)));
    expect(new Set(got.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer t1', 'Bearer t2']),
    );
  });
});
