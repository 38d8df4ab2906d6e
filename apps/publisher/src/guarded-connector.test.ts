import { createEgressPolicy } from '@earshot/auth';
import { startWebhookReceiver, type WebhookReceiver } from '@earshot/testing';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuardedConnector, type ResolveName } from './guarded-connector.ts';

let receiver: WebhookReceiver;
let port = '';
beforeAll(async () => {
  receiver = await startWebhookReceiver();
  port = new URL(receiver.url).port;
});
afterAll(() => receiver.close());

/** Answers every name with these addresses, in turn when there are several answers. */
function resolving(...answers: readonly (readonly string[])[]): ResolveName {
  let asked = 0;
  return (_hostname, _options, done) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

interface Try {
  readonly url: string;
  readonly allowCidrs?: readonly string[];
  readonly resolve?: ResolveName;
}

async function attempt({ url, allowCidrs = [], resolve }: Try): Promise<string> {
  const policy = createEgressPolicy({ allowCidrs, ports: [443, Number(port)] });
  const connect = createGuardedConnector({ policy, connectTimeoutMs: 500, ...(resolve && { resolve }) });
  const dispatcher = new Agent({ connect });
  try {
    const { statusCode, body } = await request(url, { dispatcher });
    await body.dump();
    return String(statusCode);
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    await dispatcher.destroy();
  }
}

const LOOPBACK = ['127.0.0.0/8'];

describe('createGuardedConnector', () => {
  it('reaches an allow-listed literal and an allow-listed name, http too', async () => {
    expect(await attempt({ url: `http://127.0.0.1:${port}/`, allowCidrs: LOOPBACK })).toBe('200');
    const url = `http://hook.example:${port}/`;
    expect(await attempt({ url, allowCidrs: LOOPBACK, resolve: resolving(['127.0.0.1']) })).toBe('200');
  });

  it('takes localhost as 127.0.0.1 without asking a resolver', async () => {
    const resolve: ResolveName = (_hostname, _options, done) => done(new Error('asked'), []);
    expect(await attempt({ url: `http://localhost:${port}/`, allowCidrs: LOOPBACK, resolve })).toBe('200');
  });

  const literals = [
    'https://127.0.0.1:PORT/',
    'https://2130706433:PORT/',
    'https://0x7f.1:PORT/',
    'https://0:PORT/',
    'https://[::1]:PORT/',
    'https://[::ffff:127.0.0.1]:PORT/',
    'https://[::ffff:7f00:1]:PORT/',
    'https://[64:ff9b::7f00:1]:PORT/',
    'https://10.0.0.1:PORT/',
    'https://169.254.169.254:PORT/',
    'https://100.64.0.1:PORT/',
    'https://[fd00:ec2::254]:PORT/',
    'https://localhost:PORT/',
    'http://127.0.0.1:PORT/',
  ];
  it.each(literals)('refuses the literal %s before a socket is opened', async (url) => {
    const before = receiver.requests.length;
    expect(await attempt({ url: url.replace('PORT', port) })).toBe('webhook.egress-refused');
    expect(receiver.requests).toHaveLength(before);
  });

  const answers = [
    { given: ['127.0.0.1'] },
    { given: ['10.1.2.3'] },
    { given: ['::1'] },
    { given: ['fe80::1'] },
    { given: ['::ffff:192.168.0.1'] },
    { given: ['93.184.215.14', '127.0.0.1'] },
  ];
  it.each(answers)('refuses a name that resolves to $given', async ({ given }) => {
    const url = `https://rebind.example:${port}/`;
    expect(await attempt({ url, resolve: resolving(given) })).toBe('webhook.egress-refused');
  });

  it('refuses http to a public address though the name is allowed to exist', async () => {
    const url = `http://hook.example:${port}/`;
    const resolve = resolving(['93.184.215.14']);
    expect(await attempt({ url, allowCidrs: ['10.0.0.0/8'], resolve })).toBe('webhook.egress-refused');
  });

  it('asks the resolver once, so an answer that flips is never connected to unjudged', async () => {
    const url = `http://flip.example:${port}/`;
    const resolve = resolving(['127.0.0.1'], ['10.0.0.1']);
    expect(await attempt({ url, allowCidrs: LOOPBACK, resolve })).toBe('200');
  });

  it('passes a failed resolution on', async () => {
    const resolve: ResolveName = (_hostname, _options, done) =>
      done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
    expect(await attempt({ url: `https://nowhere.example:${port}/`, resolve })).toBe('ENOTFOUND');
  });
});
