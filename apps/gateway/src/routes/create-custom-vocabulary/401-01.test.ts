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

describe('custom-vocabularies 401-01', () => {
  it.each(OPERATIONS)('refuses %s %s with a wrong secret', async (method, path) => {
    const { send } = await gatewayUnderTest({ scopes: ['admin'] });
    const body = method === 'POST' ? BODY : undefined;
    const refusal = await readRefusal(await send(method, path, body, { 'asapp-api-secret': 'wrong' }));
    expect(refusal).toEqual({ status: 401, code: '401-01', message: 'Unauthorized' });
  });
});
