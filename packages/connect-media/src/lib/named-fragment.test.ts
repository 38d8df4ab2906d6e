import { ensureStream, putCall } from '@earshot/connect-producer';
import { startKvsEmulator, type FaultPlan } from '@earshot/kvs-emulator';
import { createLogger } from '@earshot/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallMediaEvent } from './call-media.ts';
import { createCallMediaSource } from './create-call-media-source.ts';

const FRAGMENT_BYTES = 16_384;
const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of running.splice(0).toReversed()) await resource.close();
});

/** A call of `seconds`, played at once; reading begins at its `named` fragment. */
async function hearNamed(options: {
  readonly acceptedAtMs: number;
  readonly named: number;
  readonly faults?: FaultPlan['faults'];
}) {
  const operations: string[] = [];
  const emulator = await startKvsEmulator({
    drainMsMax: 20,
    faults: [{ streamName: '*', faults: options.faults ?? [] }],
    intercept: (call, proceed) => {
      if (!['PutMedia', 'CreateStream', 'DescribeStream'].includes(call.operation))
        operations.push(call.operation);
      return proceed();
    },
  });
  const endpointUrl = emulator.url;
  const source = createCallMediaSource({
    endpointUrl,
    credentials: async () => ({ accessKeyId: 'local', secretAccessKey: 'local' }),
    startSilenceMsMax: 300,
    logger: createLogger({ app: 'test', level: 'silent' }),
  });
  running.push(emulator, source);
  const { streamArn } = await ensureStream({ endpointUrl, streamName: 's', retentionHours: 24 });
  const bytes = 6 * FRAGMENT_BYTES;
  const tracks = { customer: new Uint8Array(bytes).fill(1), agent: new Uint8Array(bytes).fill(2) };
  const speed = Number.POSITIVE_INFINITY;
  await putCall({ endpointUrl, streamName: 's', contactId: 'c', tracks, speed });
  const numbers = emulator.fragments('s').map(({ number }) => number);
  const selector = { type: 'FRAGMENT_NUMBER', afterFragmentNumber: numbers[options.named] ?? '' } as const;
  const start = { type: 'selector', selector, acceptedAtMs: options.acceptedAtMs } as const;
  const events: CallMediaEvent[] = [];
  for await (const event of source.open({
    streamArn,
    guid: 'g',
    start,
    signal: new AbortController().signal,
  })) {
    if (event.type !== 'idle') events.push(event);
    if (event.type === 'fragmentEnd' && event.fragmentNumber === numbers.at(-1)) break;
  }
  const ended = events.flatMap((event) => (event.type === 'fragmentEnd' ? [event.fragmentNumber] : []));
  return { operations, ended, want: numbers.slice(options.named), events };
}

describe('createCallMediaSource at a named fragment', () => {
  it('needs one GetMedia when the start was accepted soon after the fragment began', async () => {
    const { operations, ended, want } = await hearNamed({ acceptedAtMs: Date.now() + 2000, named: 3 });
    expect(ended).toEqual(want);
    expect(operations).toEqual(['GetDataEndpoint', 'GetMedia']);
  });

  it('looks at the fragment behind it when the start was accepted much later', async () => {
    const { operations, ended, want } = await hearNamed({ acceptedAtMs: Date.now() + 3_600_000, named: 3 });
    expect(ended).toEqual(want);
    expect(operations).toEqual(['GetDataEndpoint', 'GetMedia', 'GetMedia', 'GetMedia']);
  });

  it('asks the archive for the fragment before it where there is none behind it', async () => {
    const { operations, ended, want } = await hearNamed({ acceptedAtMs: Date.now() + 20_000, named: 5 });
    expect(ended).toEqual(want);
    expect(operations).toEqual([
      'GetDataEndpoint',
      'GetMedia',
      'GetMedia',
      'GetDataEndpoint',
      'ListFragments',
      'GetMedia',
    ]);
  });

  it('goes on without the archive where the role does not permit it', async () => {
    const { ended, want } = await hearNamed({
      acceptedAtMs: Date.now() + 20_000,
      named: 5,
      faults: [{ kind: 'refuse', operation: 'ListFragments', error: 'access-denied', times: 100 }],
    });
    expect(ended.slice(-1)).toEqual(want);
  });
});
