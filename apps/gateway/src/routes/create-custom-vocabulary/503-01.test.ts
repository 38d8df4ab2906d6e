import { AppError } from '@earshot/domain';
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

describe('custom-vocabularies 503-01', () => {
  it.each(OPERATIONS)('tells %s %s to come back when the store cannot be reached', async (method, path) => {
    const vocabulariesFail = new AppError('storage.unavailable', 'Cannot connect to 10.1.2.3', {
      retryable: true,
    });
    const { send } = await gatewayUnderTest({ scopes: ['admin'], vocabulariesFail });
    const response = await send(method, path, method === 'POST' ? BODY : undefined);
    expect(response.headers.get('retry-after')).toBe('1');
    const refusal = await readRefusal(response);
    expect(refusal).toEqual({ status: 503, code: '503-01', message: 'Service unavailable' });
  });
});
