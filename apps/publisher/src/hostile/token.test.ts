import {
  answer,
  answerLong,
  inTurn,
  accept,
  redirectTo,
  startHostileReceiver,
  startHostileTokenServer,
  staySilent,
  type Behaviour,
  type HostileTokenServerOptions,
} from '@earshot/hostile-receivers';
import { afterEach, describe, expect, it } from 'vitest';
import { useStorage } from '../testing/use-storage.ts';
import { setUpHostile } from '../testing/hostile-setup.ts';

const fixture = useStorage();
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

interface Given {
  readonly behave?: Behaviour;
  readonly tokens?: HostileTokenServerOptions;
  readonly timeoutMs?: number;
  readonly tokenUrl?: string;
}

async function start({ behave, tokens: options, timeoutMs = 20_000, tokenUrl }: Given = {}) {
  const target = await startHostileReceiver(behave === undefined ? {} : { behave });
  const tokens = await startHostileTokenServer(options);
  const setup = await setUpHostile(fixture.storage, fixture.account, {
    url: target.url,
    fields: { timeoutMs },
    auth: [
      {
        type: 'oauth2',
        tokenUrl: tokenUrl ?? tokens.url,
        clientId: 'client',
        clientAuthentication: 'post',
        clientSecret: 'secret',
      },
    ],
  });
  cleanUps.push(
    () => target.close(),
    () => tokens.close(),
    () => setup.publisher.close(),
  );
  const sent = () => target.requests.map(({ headers }) => headers['authorization']);
  return { ...setup, target, tokens, sent };
}

describe('delivery with access tokens', () => {
  it('asks once for many messages', async () => {
    const { say, sent, tokens } = await start();
    await say('one', 'two', 'three');
    expect(sent()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-1']);
    expect(tokens.asked).toHaveLength(1);
    expect(tokens.asked[0]).toMatchObject({ grant_type: 'client_credentials', client_id: 'client' });
  });

  it('gets another token when the target refuses one, and sends the message again', async () => {
    const { say, sent } = await start({ behave: inTurn(answer(401), accept) });
    const [record] = await say('hello');
    expect(record).toMatchObject({ state: 'delivered' });
    expect(sent()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('renews once only, however long the target refuses', async () => {
    const { say, sent } = await start({ behave: answer(401) });
    expect(await say('hello')).toMatchObject([{ state: 'failed', lastStatus: 401 }]);
    expect(sent()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it.each([0, null])('uses tokens that last %s seconds', async (expiresInSeconds) => {
    const { say, sent } = await start({ tokens: { expiresInSeconds } });
    const states = (await say('one', 'two')).map(({ state }) => state);
    expect(states).toEqual(['delivered', 'delivered']);
    expect(sent()).toEqual(['Bearer token-1', expiresInSeconds === 0 ? 'Bearer token-2' : 'Bearer token-1']);
  });

  const refusals = [
    { given: 'is too slow', behave: staySilent, timeoutMs: 400, want: /^webhook\.timeout$/ },
    { given: 'answers 401', behave: answer(401), want: /^auth\.token-refused$/ },
    { given: 'answers 503', behave: answer(503), want: /^auth\.token-unavailable$/ },
    { given: 'redirects', behave: redirectTo('http://127.0.0.1:1/'), want: /^auth\.token-refused$/ },
    { given: 'answers 200 with 10 MB', behave: answerLong(200, 10_485_760), want: /^auth\.token-malformed$/ },
  ];
  it.each(refusals)('sends nothing when the token server $given', async ({ behave, timeoutMs, want }) => {
    const { say, target, tokens } = await start(timeoutMs === undefined ? {} : { timeoutMs });
    tokens.behaveAs(behave);
    const [record] = await say('hello');
    expect(record).toMatchObject({ state: 'failed', lastError: expect.stringMatching(want) });
    expect(target.requests).toEqual([]);
    expect(target.connectionCount).toBe(0);
  });

  it('delivers again as soon as the token server has recovered', async () => {
    const { say, sent, tokens } = await start();
    tokens.behaveAs(inTurn(answer(401), answer(500)));
    expect(await say('one')).toMatchObject([{ state: 'failed' }]);
    tokens.behaveAs(undefined);
    expect((await say('two')).at(-1)).toMatchObject({ state: 'delivered' });
    expect(sent()).toEqual(['Bearer token-2']);
  });
});
