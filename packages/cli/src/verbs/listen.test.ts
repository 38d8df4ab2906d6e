import { access, readFile } from 'node:fs/promises';
import { Webhook } from 'standardwebhooks';
import { Agent, request, type Dispatcher } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../verb.ts';
import { listen } from './listen.ts';

const MESSAGE = JSON.stringify({
  type: 'transcript',
  externalConversationId: 'c0ffee00-guid',
  streamId: 'stream',
  sender: { externalId: 'x', role: 'agent' },
  autotranscribeResponse: { message: 'transcript', start: 1200, end: 2000, utterance: [{ text: 'hello' }] },
});
const LINE = 'c0ffee00 #7    1.2 s  agent     hello';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** The verb at work, and what the line it prints says of the endpoint. */
async function start(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const stop = new AbortController();
  const listening = Promise.withResolvers<void>();
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => {
      err.push(line);
      if (line.startsWith('  npx earshot')) listening.resolve();
    },
    input: (async function* () {})(),
    terminal: undefined,
    cwd: '/',
    signal: stop.signal,
  };
  const ended = listen.run(['--port', '0', ...args], io);
  await Promise.race([listening.promise, ended]);
  const end = async (): Promise<number> => {
    stop.abort();
    return await ended;
  };
  cleanUps.push(end);
  const words = (err[1] ?? '').trim().split(' ');
  const option = (name: string): string => words[words.indexOf(`--${name}`) + 1] ?? '';
  const fileOf = async (name: string): Promise<string> => await readFile(option(name), 'utf8');
  return { out, err, words, option, fileOf, end };
}

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly connect?: { ca?: string; cert?: string; key?: string };
}

async function post(url: string, { headers = {}, body = MESSAGE, connect }: Sent = {}) {
  const dispatcher: Dispatcher = new Agent(connect === undefined ? {} : { connect });
  cleanUps.push(() => dispatcher.destroy());
  const answer = await request(url, {
    method: 'POST',
    dispatcher,
    body,
    headers: { 'earshot-sequence': '7', ...headers },
  });
  return { status: answer.statusCode, text: await answer.body.text() };
}

describe('earshot listen', () => {
  it('prints each message, a test event too, and the line that makes the endpoint', async () => {
    const { out, words, option } = await start();
    expect(words.slice(0, 4)).toEqual(['npx', 'earshot', 'endpoints', 'create']);
    expect((await post(option('url'))).status).toBe(204);
    const event = { type: 'test', id: 'evt_1', timestamp: '2026-11-23T12:00:00.000Z', data: { name: 'n' } };
    expect((await post(option('url'), { body: JSON.stringify(event) })).status).toBe(204);
    expect(out).toEqual([LINE, '2026-11-23T12:00:00.000Z  event test  {"name":"n"}']);
  });

  it('tells what it refuses', async () => {
    const { out, err, option } = await start();
    expect((await post(option('url'), { body: '{"hello":1}' })).status).toBe(400);
    expect((await post(option('url'), { body: 'no json' })).status).toBe(400);
    expect(out).toEqual([]);
    expect(err.slice(2)).toEqual(Array(2).fill('Refused: its body is none of Earshot (answered 400)'));
  });

  it('asks for the secret in a header', async () => {
    const { out, err, option } = await start('--secret');
    const [name = '', path = ''] = option('secret-header').split('=@');
    const value = await readFile(path, 'utf8');
    expect((await post(option('url'))).status).toBe(401);
    expect((await post(option('url'), { headers: { [name]: value } })).status).toBe(204);
    expect(out).toEqual([`${LINE}  [secret x-earshot-listen]`]);
    expect(err.at(-1)).toBe('Refused: header x-earshot-listen is not the secret (answered 401)');
  });

  it('speaks TLS with a certificate of an authority of its own', async () => {
    const { out, option, fileOf } = await start('--ca');
    expect(option('url')).toMatch(/^https:\/\/localhost:\d+\/transcripts$/);
    await expect(post(option('url'))).rejects.toThrow('unable to verify the first certificate');
    expect((await post(option('url'), { connect: { ca: await fileOf('ca') } })).status).toBe(204);
    expect(out).toEqual([LINE]);
  });

  it('asks for its client certificate', async () => {
    const { out, err, option, fileOf } = await start('--mtls');
    const ca = await fileOf('ca');
    await expect(post(option('url'), { connect: { ca } })).rejects.toThrow(
      /required|closed|reset|other side/i,
    );
    const connect = { ca, cert: await fileOf('client-cert'), key: await fileOf('client-key') };
    expect((await post(option('url'), { connect })).status).toBe(204);
    expect(out).toEqual([`${LINE}  [client certificate CN=Earshot]`]);
    expect(err[2]).toBe(
      'Refused: no TLS connection came about: the sender showed no client certificate (ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE)',
    );
  });

  it('tells handshakes that fail alike once', async () => {
    const { err, option, fileOf, end } = await start('--mtls');
    const ca = await fileOf('ca');
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(post(option('url'), { connect: { ca } })).rejects.toThrow(
        /required|closed|reset|other side/i,
      );
    }
    await expect.poll(() => err.length).toBe(3);
    await end();
    expect(err.slice(2)).toEqual([
      expect.stringContaining('Refused: no TLS connection came about'),
      '  the same 2 times more',
    ]);
  });

  it('gives access tokens and asks for them', async () => {
    const { out, err, option, fileOf } = await start('--oauth2');
    const ask = async (secret: string) => {
      const basic = Buffer.from(`${option('oauth2-client-id')}:${secret}`).toString('base64');
      const headers = { authorization: `Basic ${basic}` };
      return await post(option('oauth2-token-url'), { headers, body: 'grant_type=client_credentials' });
    };
    expect((await ask('wrong')).status).toBe(401);
    const { access_token: token } = JSON.parse((await ask(await fileOf('oauth2-client-secret-file'))).text);
    expect((await post(option('url'))).status).toBe(401);
    expect((await post(option('url'), { headers: { authorization: 'Bearer x' } })).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await post(option('url'), { headers })).status).toBe(204);
    expect(out).toEqual([`${LINE}  [access token]`]);
    expect(err.slice(2)).toEqual([
      'Refused: a token was asked for: invalid_client (answered 401)',
      'Gave an access token',
      'Refused: it carries no access token (answered 401)',
      'Refused: its access token was not given here (answered 401)',
    ]);
  });

  const GIVEN = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
  const signed = (secret: string, body: string) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': new Webhook(secret).sign('msg_1', new Date(), body),
  });
  it.each([{ args: ['--sign'] }, { args: ['--verify-signature', GIVEN] }])(
    'asks for a signature with $args',
    async ({ args }) => {
      const { out, option, fileOf } = await start(...args);
      const secret = await fileOf('signing-secret-file');
      expect(args.length === 2 ? secret === GIVEN : secret !== GIVEN).toBe(true);
      const headers = signed(secret, MESSAGE);
      expect((await post(option('url'), { headers })).status).toBe(204);
      expect((await post(option('url'), { headers, body: `${MESSAGE} ` })).status).toBe(400);
      expect((await post(option('url'))).status).toBe(400);
      expect(out).toEqual([`${LINE}  [signature]`]);
    },
  );

  it('asks for everything together, and forgets it at its end', async () => {
    const { out, option, fileOf, end } = await start('--mtls', '--oauth2', '--secret', '--sign');
    const ca = await fileOf('ca');
    const connect = { ca, cert: await fileOf('client-cert'), key: await fileOf('client-key') };
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: option('oauth2-client-id'),
      client_secret: await fileOf('oauth2-client-secret-file'),
    });
    const token = JSON.parse((await post(option('oauth2-token-url'), { connect, body: String(form) })).text);
    const [name = '', path = ''] = option('secret-header').split('=@');
    const headers = {
      ...signed(await fileOf('signing-secret-file'), MESSAGE),
      [name]: await readFile(path, 'utf8'),
      authorization: `Bearer ${token.access_token}`,
    };
    expect((await post(option('url'), { connect, headers })).status).toBe(204);
    expect(out).toEqual([
      `${LINE}  [client certificate CN=Earshot, secret x-earshot-listen, access token, signature]`,
    ]);
    expect(await end()).toBe(0);
    await expect(access(option('ca'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['--verify-signature', 'short'],
    ['--port', '70000'],
    ['--port', '0', 'more'],
  ])('says what is expected instead of %s %s', async (...args) => {
    await expect(start(...args)).rejects.toThrow(UsageError);
    cleanUps.splice(0);
  });
});
