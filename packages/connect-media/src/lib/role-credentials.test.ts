import { ensureStream, putCall } from '@earshot/connect-producer';
import { startKvsEmulator, startStsEmulator, type FaultPlan, type StsRole } from '@earshot/kvs-emulator';
import { createLogger } from '@earshot/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { createCallMediaSource } from './create-call-media-source.ts';
import { mediaTrouble } from './media-trouble.ts';
import { roleSessionName, type AssumedRole } from './role-credentials.ts';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/earshot-reads-calls';
const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of running.splice(0).toReversed()) await resource.close();
});

interface SetUp {
  readonly granted?: Partial<StsRole>;
  readonly role?: Partial<AssumedRole>;
  readonly faults?: FaultPlan['faults'];
}

/** Streams that only credentials of the role can read. */
async function setUp({ granted, role, faults = [] }: SetUp = {}) {
  const sts = await startStsEmulator({ roles: [{ roleArn: ROLE_ARN, externalId: 'tenant-7', ...granted }] });
  const emulator = await startKvsEmulator({
    drainMsMax: 20,
    requireCredentials: (accessKeyId, sessionToken) => sts.verdict(accessKeyId, sessionToken),
    faults: [{ streamName: '*', faults }],
  });
  const endpointUrl = emulator.url;
  const source = createCallMediaSource({
    endpointUrl,
    stsEndpointUrl: sts.url,
    credentials: async () => ({ accessKeyId: 'own', secretAccessKey: 'own' }),
    assumeRole: () => ({ roleArn: ROLE_ARN, externalId: 'tenant-7', ...role }),
    logger: createLogger({ app: 'test', level: 'silent' }),
  });
  running.push(sts, emulator, source);
  /** Bytes heard of one second of a call in a stream of its own. */
  const hear = async (streamName: string): Promise<number> => {
    const { streamArn } = await ensureStream({ endpointUrl, streamName });
    const tracks = { customer: new Uint8Array(16_000).fill(1), agent: new Uint8Array(16_000).fill(2) };
    await putCall({ endpointUrl, streamName, contactId: 'c', tracks, speed: Number.POSITIVE_INFINITY });
    const start = { type: 'selector', selector: { type: 'NOW' }, acceptedAtMs: 0 } as const;
    const signal = new AbortController().signal;
    let bytes = 0;
    for await (const event of source.open({ streamArn, guid: 'c', start, signal })) {
      if (event.type === 'audio') bytes += event.pcm.length;
      if (bytes === 32_000) break;
    }
    return bytes;
  };
  return { sts, hear };
}

describe('createCallMediaSource with a role', () => {
  it('assumes it with external id and session name, once for all its streams', async () => {
    const { sts, hear } = await setUp({ role: { sessionName: 'tenant 7/é' } });
    expect(await Promise.all(['a', 'b', 'c'].map(hear))).toEqual([32_000, 32_000, 32_000]);
    expect(sts.requests()).toMatchObject([
      { roleArn: ROLE_ARN, externalId: 'tenant-7', sessionName: 'earshot-tenant-7--', outcome: 'granted' },
    ]);
  });

  it('asks for new credentials before the old ones expire', async () => {
    const { sts, hear } = await setUp({ granted: { lifetimeMs: 4 * 60_000 } });
    expect([await hear('a'), await hear('b')]).toEqual([32_000, 32_000]);
    const granted = sts.requests().map(({ accessKeyId }) => accessKeyId);
    expect(new Set(granted).size).toBeGreaterThan(1);
  });

  it('takes new credentials once when the service calls them expired', async () => {
    const { sts, hear } = await setUp({ faults: [{ kind: 'refuse', error: 'expired-token', times: 1 }] });
    expect(await hear('a')).toBe(32_000);
    expect(sts.requests()).toHaveLength(2);
  });

  it.each([
    { given: 'a wrong external id', setting: { role: { externalId: 'tenant-8' } } },
    { given: 'a role that is not there', setting: { role: { roleArn: `${ROLE_ARN}-not` } } },
    { given: 'credentials that are always expired', setting: { granted: { lifetimeMs: 0 } } },
  ])('throws media.access-denied with its remedy for $given', async ({ setting }) => {
    const { hear } = await setUp(setting);
    const remedy = mediaTrouble('media.access-denied')?.remedy ?? '';
    await expect(hear('a')).rejects.toMatchObject({
      code: 'media.access-denied',
      retryable: false,
      publicMessage: expect.stringContaining(remedy),
    });
    expect(remedy).toMatch(/external id/);
  });
});

describe('roleSessionName', () => {
  it.each([
    { given: 'host and process', name: undefined, want: /^earshot-[\w+=,.@-]+-\d+$/ },
    { given: 'what AWS does not allow', name: 'a b/c:d', want: /^earshot-a-b-c-d$/ },
    { given: 'more than 64 characters', name: 'x'.repeat(100), want: /^earshot-x{56}$/ },
  ])('fits $given', ({ name, want }) => {
    expect(roleSessionName(name)).toMatch(want);
  });
});
