import { GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { afterEach, describe, expect, it } from 'vitest';
import { playedStream, STREAM } from '../../testing/played-stream.ts';
import { startStsEmulator, type StsEmulator } from './sts-emulator.ts';
import type { StsRole } from './assume-role.ts';

const region = 'us-east-1';
const roleArn = 'arn:aws:iam::210987654321:role/earshot';
const masterCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const running: { close(): unknown }[] = [];

afterEach(async () => {
  for (const resource of running.splice(0).toReversed()) await resource.close();
});

async function sts(role: Partial<StsRole> = {}, nowMs?: () => number): Promise<StsEmulator> {
  const clock = nowMs === undefined ? {} : { clock: { now: nowMs } };
  const emulator = await startStsEmulator({ roles: [{ roleArn, ...role }], ...clock });
  running.push(emulator);
  return emulator;
}

function provider({ url }: StsEmulator, params: Record<string, unknown> = {}) {
  return fromTemporaryCredentials({
    masterCredentials,
    params: { RoleArn: roleArn, RoleSessionName: 'earshot-1', DurationSeconds: 900, ...params },
    clientConfig: { region, endpoint: url },
  });
}

describe('startStsEmulator', () => {
  it('grants a role to the real SDK and tells what was asked', async () => {
    const emulator = await sts({ externalId: 'e-1' });
    const held = await provider(emulator, { ExternalId: 'e-1' })();
    expect(held.expiration?.getTime()).toBeGreaterThan(Date.now() + 890_000);
    expect(emulator.verdict(held.accessKeyId, held.sessionToken ?? '')).toBe('ok');
    expect(emulator.verdict(held.accessKeyId, 'another')).toBe('denied');
    expect(emulator.requests()).toMatchObject([
      { roleArn, sessionName: 'earshot-1', externalId: 'e-1', durationSeconds: 900, outcome: 'granted' },
    ]);
  });

  it.each([
    { given: 'a wrong external id', params: { ExternalId: 'e-2' }, want: 'AccessDenied' },
    { given: 'no external id', params: {}, want: 'AccessDenied' },
    { given: 'another role', params: { RoleArn: `${roleArn}-2`, ExternalId: 'e-1' }, want: 'AccessDenied' },
    { given: 'too long', params: { ExternalId: 'e-1', DurationSeconds: 7200 }, want: 'ValidationError' },
    { given: 'no name', params: { ExternalId: 'e-1', RoleSessionName: ' ' }, want: 'ValidationError' },
  ])('refuses $given with $want', async ({ params, want }) => {
    const emulator = await sts({ externalId: 'e-1' });
    await expect(provider(emulator, params)()).rejects.toMatchObject({ name: want });
  });

  it('lets the holder read media until the credentials expire', async () => {
    let nowMs = Date.now();
    const tokens = await sts({ lifetimeMs: 60_000 }, () => nowMs);
    const emulator = await playedStream(1, { requireCredentials: (id, token) => tokens.verdict(id, token) });
    running.push(emulator);
    const held = await provider(tokens)();
    const ask = async (credentials: typeof masterCredentials) => {
      const client = new KinesisVideoClient({ region, credentials, endpoint: emulator.url });
      running.push({ close: () => client.destroy() });
      return client.send(new GetDataEndpointCommand({ StreamName: STREAM, APIName: 'GET_MEDIA' }));
    };
    const { accessKeyId, secretAccessKey, sessionToken = '' } = held;
    const credentials = { accessKeyId, secretAccessKey, sessionToken };
    expect(await ask(credentials)).toMatchObject({ DataEndpoint: emulator.url });
    await expect(ask(masterCredentials)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    nowMs += 60_000;
    await expect(ask(credentials)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });
});
