import { describe, expect, it } from 'vitest';
import { createAccessTokens, type AccessTokens } from './access-tokens.ts';
import type { OAuth2Config } from './outbound-config.ts';

const config: OAuth2Config = {
  type: 'oauth2',
  tokenUrl: 'https://auth.example.com/token',
  clientId: 'client',
  clientAuthentication: 'post',
};

interface SetUp {
  readonly tokens: AccessTokens;
  readonly askedCount: () => number;
  pass(ms: number): void;
}

/** A token server that numbers its tokens `t1`, `t2`, ... and says of each how long it lives. */
function setUp(life: { readonly expires_in?: number }, before: () => Promise<void> = async () => {}): SetUp {
  let nowMs = 1_700_000_000_000;
  let asked = 0;
  const fetch = async (): Promise<Response> => {
    asked += 1;
    const body = { access_token: `t${asked}`, token_type: 'Bearer', ...life };
    await before();
    return Response.json(body);
  };
  return {
    tokens: createAccessTokens(config, async () => 'hunter2', { fetch, clock: { now: () => nowMs } }),
    askedCount: () => asked,
    pass(ms) {
      nowMs += ms;
    },
  };
}

describe('createAccessTokens', () => {
  it('keeps a token until 30 s before its end', async () => {
    const { tokens, pass } = setUp({ expires_in: 3600 });
    expect(await tokens.get()).toBe('t1');
    pass(3_569_999);
    expect(await tokens.get()).toBe('t1');
    pass(1);
    expect(await tokens.get()).toBe('t2');
  });

  const lives = [
    { given: {}, keptMs: 60_000 },
    { given: { expires_in: 40 }, keptMs: 20_000 },
    { given: { expires_in: 60 }, keptMs: 30_000 },
    { given: { expires_in: 90 }, keptMs: 60_000 },
  ];
  it.each(lives)('keeps a token of $given for $keptMs ms', async ({ given, keptMs }) => {
    const { tokens, pass } = setUp(given);
    expect(await tokens.get()).toBe('t1');
    pass(keptMs - 1);
    expect(await tokens.get()).toBe('t1');
    pass(1);
    expect(await tokens.get()).toBe('t2');
  });

  it('asks for the next token shortly before the end, while the one it has goes on being used', async () => {
    const opened = Promise.withResolvers<void>();
    let isFirst = true;
    const { tokens, askedCount, pass } = setUp({ expires_in: 3600 }, async () => {
      if (!isFirst) await opened.promise;
      isFirst = false;
    });
    await tokens.get();
    pass(3_539_999);
    expect(await tokens.get()).toBe('t1');
    expect(askedCount()).toBe(1);
    pass(1);
    expect(await Promise.all([tokens.get(), tokens.get()])).toEqual(['t1', 't1']);
    await expect.poll(askedCount).toBe(2);
    opened.resolve();
    await expect.poll(() => tokens.get()).toBe('t2');
    expect(askedCount()).toBe(2);
  });

  it('tells nobody that the next token could not be had until it is needed', async () => {
    let isDown = false;
    const { tokens, askedCount, pass } = setUp({ expires_in: 3600 }, async () => {
      if (isDown) throw new TypeError('fetch failed');
    });
    await tokens.get();
    isDown = true;
    pass(3_540_000);
    expect(await tokens.get()).toBe('t1');
    await expect.poll(askedCount).toBe(2);
    pass(4_999);
    expect(await tokens.get()).toBe('t1');
    expect(askedCount()).toBe(2);
    pass(25_001);
    await expect(tokens.get()).rejects.toMatchObject({ code: 'auth.token-unreachable' });
  });

  it('uses a token that lives 0 s once', async () => {
    const { tokens } = setUp({ expires_in: 0 });
    expect(await tokens.get()).toBe('t1');
    expect(await tokens.get()).toBe('t2');
  });

  it('asks once for all who wait', async () => {
    const { tokens, askedCount } = setUp({ expires_in: 0 });
    const got = await Promise.all(Array.from({ length: 100 }, () => tokens.get()));
    expect(new Set(got)).toEqual(new Set(['t1']));
    expect(askedCount()).toBe(1);
  });

  it('tells a failure to all who wait and asks again after it', async () => {
    let isDown = true;
    const { tokens, askedCount } = setUp({ expires_in: 600 }, async () => {
      if (isDown) throw new TypeError('fetch failed');
    });
    const got = await Promise.allSettled([tokens.get(), tokens.get()]);
    expect(got).toMatchObject([{ reason: { code: 'auth.token-unreachable' } }, { status: 'rejected' }]);
    expect(askedCount()).toBe(1);
    isDown = false;
    expect(await tokens.get()).toBe('t2');
  });

  it('forgets a refused token once, however many were refused with it', async () => {
    const { tokens, askedCount } = setUp({ expires_in: 600 });
    await tokens.get();
    tokens.forget('t1');
    expect(await tokens.get()).toBe('t2');
    tokens.forget('t1');
    expect(await tokens.get()).toBe('t2');
    tokens.forget(undefined);
    expect(await tokens.get()).toBe('t3');
    expect(askedCount()).toBe(3);
  });

  it('lets one who waits go and keeps the token for the others', async () => {
    const opened = Promise.withResolvers<void>();
    const { tokens, askedCount } = setUp({ expires_in: 600 }, () => opened.promise);
    const stop = new AbortController();
    const leaving = tokens.get(stop.signal);
    const staying = tokens.get();
    stop.abort(new Error('enough'));
    await expect(leaving).rejects.toThrow('enough');
    await expect(tokens.get(stop.signal)).rejects.toThrow('enough');
    opened.resolve();
    expect(await staying).toBe('t1');
    expect(await tokens.get()).toBe('t1');
    expect(askedCount()).toBe(1);
  });
});
