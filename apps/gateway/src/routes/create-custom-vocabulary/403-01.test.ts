import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

const OPERATIONS = [
  ['GET', VOCABULARIES],
  ['POST', VOCABULARIES],
  ['GET', `${VOCABULARIES}/01KAS5J7V8R3T0M5Q2ZC4H9X1B`],
  ['DELETE', `${VOCABULARIES}/01KAS5J7V8R3T0M5Q2ZC4H9X1B`],
] as const;
const BODY = { phrase: 'Polo', soundsLike: [] };

describe('custom-vocabularies 403-01', () => {
  it.each(OPERATIONS)('refuses %s %s without the scope admin', async (method, path) => {
    const scopes = ['stream:write', 'messages:read', 'webhooks:admin'] as const;
    const { send } = await gatewayUnderTest({ scopes });
    const refusal = await readRefusal(await send(method, path, method === 'POST' ? BODY : undefined));
    expect(refusal).toEqual({ status: 403, code: '403-01', message: 'The key lacks the scope admin' });
  });
});
