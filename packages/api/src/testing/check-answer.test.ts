import { describe, expect, it } from 'vitest';
import { checkAnswer, contractRequests, withCheckedAnswers } from './check-answer.ts';

const KEYS = { method: 'GET', path: '/earshot/v1/keys?limit=3' };
const KEY = {
  apiId: 'ek_1',
  name: 'key',
  scopes: ['admin'],
  createdAt: '2026-11-23T12:00:00.000Z',
  state: 'live',
};
const problem = {
  type: 'about:blank',
  title: 'Not Found',
  status: 404,
  detail: 'none',
  code: '404-01',
  requestId: 'r',
};

function json(body: unknown, status = 200, type = 'application/json'): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
}

describe('checkAnswer', () => {
  it('finds nothing wrong with an answer of the contract, nor with paths it does not have', async () => {
    expect(await checkAnswer(KEYS, json({ items: [] }))).toEqual([]);
    expect(await checkAnswer({ method: 'GET', path: '/livez' }, json({ anything: 1 }, 418))).toEqual([]);
    const deleted = new Response(null, { status: 204 });
    expect(await checkAnswer({ method: 'DELETE', path: '/earshot/v1/keys/ek_1' }, deleted)).toEqual([]);
    const unknown = json(problem, 404, 'application/problem+json; charset=utf-8');
    expect(await checkAnswer({ method: 'DELETE', path: '/earshot/v1/keys/ek_1/' }, unknown)).toEqual([]);
  });

  const cases: readonly { given: string; answer: Response; want: string }[] = [
    {
      given: 'a field of another type',
      answer: json({ items: [{ ...KEY, name: 3 }] }),
      want: '/items/0/name',
    },
    { given: 'a field missing', answer: json({}), want: "must have required property 'items'" },
    { given: 'a field more', answer: json({ items: [], more: true }), want: '(more)' },
    { given: 'another status', answer: json({}, 202), want: 'has no answer 202' },
    { given: 'another type', answer: json({ items: [] }, 200, 'text/plain'), want: 'text/plain' },
    {
      given: 'a failure of another shape',
      answer: json({ error: 'no' }, 500),
      want: 'application/problem+json',
    },
  ];
  it.each(cases)('finds $given', async ({ answer, want }) => {
    expect((await checkAnswer(KEYS, answer)).join()).toContain(want);
  });

  it('finds a body where there is none', async () => {
    const path = '/earshot/v1/keys/ek_1';
    const given = new Response('', { status: 200 });
    expect((await checkAnswer({ method: 'DELETE', path }, given)).join()).toContain('has no answer 200');
  });
});

describe('contractRequests', () => {
  it('has each operation once, by a path that leads to it', async () => {
    const requests = contractRequests();
    expect(new Set(requests.map(({ operationId }) => operationId)).size).toBe(requests.length);
    expect(requests).toContainEqual({
      operationId: 'rotateKey',
      method: 'POST',
      path: '/earshot/v1/keys/unknown/rotate',
    });
    for (const request of requests) {
      expect(await checkAnswer(request, new Response(null, { status: 299 }))).toEqual([
        `${request.operationId} has no answer 299`,
      ]);
    }
  });
});

describe('withCheckedAnswers', () => {
  it('leaves the answer to its reader, and rejects one that is not of the contract', async () => {
    const answers = [json({ items: [] }), json({})];
    const app = withCheckedAnswers({ request: async (_path: string) => answers.shift() ?? json({}) });
    expect(await (await app.request(KEYS.path)).json()).toEqual({ items: [] });
    await expect(app.request(KEYS.path)).rejects.toThrow('The contract has no such answer: listKeys 200');
  });
});
