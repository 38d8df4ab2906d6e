import { randomBytes } from 'node:crypto';
import { systemClock } from '@earshot/domain';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createOutboundAuth } from './create-outbound-auth.ts';
import { describeOutboundAuth } from './describe-outbound-auth.ts';
import type { OutboundAuthConfig } from './outbound-config.ts';
import type { OutboundAuthInput } from './outbound-input.ts';
import type { OutboundRequest } from './outbound-request.ts';
import { prepareOutboundAuth } from './prepare-outbound-auth.ts';
import { rotateSigningSecret } from './rotate-signing-secret.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const NOW_MS = Math.floor(Date.now() / 1000) * 1000;
const HOUR_MS = 3_600_000;
const requestAt = (atMs: number, body = '{"text":"grüße"}'): OutboundRequest => ({
  url: new URL('https://hooks.example.com/'),
  headers: { 'Webhook-Id': 'of another', 'content-type': 'application/json' },
  body,
  webhookId: 'msg_2YbIBhbxVjWrJ4FPa',
  timestampSeconds: Math.floor(atMs / 1000),
});

interface Endpoint {
  readonly configs: readonly OutboundAuthConfig[];
  readonly secrets: ReadonlyMap<string, string>;
  readonly signingSecret: string | undefined;
}

function endpointOf(inputs: readonly OutboundAuthInput[], current?: readonly OutboundAuthConfig[]): Endpoint {
  const prepared = prepareOutboundAuth(inputs, NOW_MS, current === undefined ? {} : { current });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const secrets = new Map(prepared.secrets.map(({ kind, value }) => [kind, value]));
  return { configs: prepared.configs, secrets, signingSecret: prepared.generated.signingSecret };
}

async function send({ configs, secrets }: Endpoint, request: OutboundRequest): Promise<OutboundRequest> {
  const open = async (kind: string): Promise<string> => {
    const secret = secrets.get(kind);
    if (secret === undefined) throw new Error(`no secret ${kind}`);
    return secret;
  };
  return createOutboundAuth(configs, open, { fetch, clock: systemClock }).apply(request);
}

function isAccepted(secret: string, { body, headers }: OutboundRequest): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers }, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

function rotated(endpoint: Endpoint, overlapMs: number, atMs: number): Endpoint & { signingSecret: string } {
  const done = rotateSigningSecret(endpoint.configs, overlapMs, atMs);
  if (done === undefined) throw new Error('nothing signs');
  const secrets = new Map(endpoint.secrets);
  for (const kind of done.expiredKinds) secrets.delete(kind);
  secrets.set(done.secret.kind, done.secret.value);
  return { configs: done.configs, secrets, signingSecret: done.secret.value };
}

describe('createOutboundAuth, signature', () => {
  it('is accepted by a verifier of Standard Webhooks, whatever the body and the secret', async () => {
    const secrets = fc
      .integer({ min: 24, max: 64 })
      .map((bytes) => `whsec_${randomBytes(bytes).toString('base64')}`);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), secrets, async (body, secret) => {
        const sent = await send(endpointOf([{ type: 'signature', secret }]), requestAt(NOW_MS, body));
        expect(isAccepted(secret, sent)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the signature that is published for a known secret, id, time and body', async () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const known = requestAt(1_614_265_330_000, '{"test": 2432232314}');
    const request = { ...known, webhookId: 'msg_p5jXN8AQM9LWM0D4loKWxJek' };
    const { headers } = await send(endpointOf([{ type: 'signature', secret }]), request);
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is refused with another body, id, time or secret', async () => {
    const endpoint = endpointOf([{ type: 'signature' }]);
    const secret = endpoint.signingSecret ?? '';
    const sent = await send(endpoint, requestAt(NOW_MS));
    expect(isAccepted(secret, sent)).toBe(true);
    expect(isAccepted(secret, { ...sent, body: `${sent.body} ` })).toBe(false);
    expect(isAccepted(secret, { ...sent, headers: { ...sent.headers, 'webhook-id': 'msg_x' } })).toBe(false);
    const later = { ...sent.headers, 'webhook-timestamp': String(sent.timestampSeconds + 1) };
    expect(isAccepted(secret, { ...sent, headers: later })).toBe(false);
    expect(isAccepted(endpointOf([{ type: 'signature' }]).signingSecret ?? '', sent)).toBe(false);
  });

  it('sets the three headers together, whatever was there', async () => {
    const { headers } = await send(endpointOf([{ type: 'signature' }]), requestAt(NOW_MS));
    expect(Object.keys(headers).toSorted()).toEqual([
      'content-type',
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ]);
  });

  it('refuses a stored secret that is none, and does not quote it', async () => {
    const endpoint = endpointOf([{ type: 'signature' }]);
    const spoilt = { ...endpoint, secrets: new Map([['signing-secret-1', 'hunter2']]) };
    const failure: unknown = await send(spoilt, requestAt(NOW_MS)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'auth.invalid-secret' });
    expect(String(failure)).not.toContain('hunter2');
  });
});

describe('rotateSigningSecret', () => {
  it('lets both secrets verify until the overlap ends, and only the new one after it', async () => {
    const first = endpointOf([
      { type: 'secret', name: 'X-Key', in: 'header', value: 'v' },
      { type: 'signature' },
    ]);
    const second = rotated(first, HOUR_MS, NOW_MS);
    const during = await send(second, requestAt(NOW_MS + HOUR_MS - 1000));
    expect(during.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    const after = await send(second, requestAt(NOW_MS + HOUR_MS));
    expect(after.headers['webhook-signature']?.split(' ')).toHaveLength(1);

    const now = await send(second, requestAt(NOW_MS));
    expect(isAccepted(first.signingSecret ?? '', now)).toBe(true);
    expect(isAccepted(second.signingSecret, now)).toBe(true);
  });

  it('never lets more than two sign and forgets the older ones', async () => {
    const first = endpointOf([{ type: 'signature' }]);
    const third = rotated(rotated(first, HOUR_MS, NOW_MS), HOUR_MS, NOW_MS + 1000);
    expect([...third.secrets.keys()]).toEqual(['signing-secret-2', 'signing-secret-3']);
    const sent = await send(third, requestAt(NOW_MS + 1000));
    expect(sent.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(isAccepted(first.signingSecret ?? '', sent)).toBe(false);
  });

  it('ends the secret before at once without an overlap', async () => {
    const first = endpointOf([{ type: 'signature' }]);
    const second = rotated(first, 0, NOW_MS);
    expect([...second.secrets.keys()]).toEqual(['signing-secret-2']);
    expect(isAccepted(first.signingSecret ?? '', await send(second, requestAt(NOW_MS)))).toBe(false);
  });

  it('is told of in the answer while the overlap lasts', () => {
    const { configs } = rotated(endpointOf([{ type: 'signature' }]), HOUR_MS, NOW_MS);
    const previousUntil = new Date(NOW_MS + HOUR_MS).toISOString();
    expect(configs.map((config) => describeOutboundAuth(config, NOW_MS))).toEqual([
      { type: 'signature', previousUntil },
    ]);
    expect(configs.map((config) => describeOutboundAuth(config, NOW_MS + HOUR_MS))).toEqual([
      { type: 'signature' },
    ]);
  });

  it('has nothing to rotate where nothing signs', () => {
    expect(
      rotateSigningSecret([{ type: 'secret', name: 'k', in: 'query' }], HOUR_MS, NOW_MS),
    ).toBeUndefined();
  });
});

describe('prepareOutboundAuth, signature', () => {
  it('makes a secret where none is given, and only that one is shown', () => {
    const made = endpointOf([{ type: 'signature' }]);
    expect(made.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect([...made.secrets]).toEqual([['signing-secret-1', made.signingSecret]]);
    const secret = made.signingSecret ?? '';
    expect(endpointOf([{ type: 'signature', secret }]).signingSecret).toBeUndefined();
  });

  it('keeps the secrets an endpoint has when other strategies change', () => {
    const { configs } = rotated(endpointOf([{ type: 'signature' }]), HOUR_MS, NOW_MS);
    const inputs: OutboundAuthInput[] = [
      { type: 'secret', name: 'k', in: 'query', value: 'v' },
      { type: 'signature' },
    ];
    expect(prepareOutboundAuth(inputs, NOW_MS, { current: configs })).toMatchObject({
      ok: true,
      configs: [{ type: 'secret' }, configs[0]],
      secrets: [{ kind: 'auth-secret', value: 'v' }],
      keptKinds: ['signing-secret-2', 'signing-secret-1'],
      generated: {},
    });
  });

  it('gives a new secret a kind that none before it had', () => {
    const { configs } = endpointOf([{ type: 'signature' }]);
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    expect([...endpointOf([{ type: 'signature', secret }], configs).secrets.keys()]).toEqual([
      'signing-secret-2',
    ]);
  });

  const bytes = (count: number): string => Buffer.alloc(count, 7).toString('base64');
  const refused = [
    bytes(32),
    `whsec_${bytes(23)}`,
    `whsec_${bytes(65)}`,
    'whsec_',
    'whsec_!!!',
    `whsk_${bytes(32)}`,
  ];
  it.each([...refused, `whsec_${bytes(32)}\n`])('refuses %j', (secret) => {
    expect(prepareOutboundAuth([{ type: 'signature', secret }], NOW_MS)).toEqual({
      ok: false,
      problems: [{ pointer: '/0/secret', message: 'must be whsec_ and base64 of 24 to 64 bytes' }],
    });
  });
});
