import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_ENTITIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('redaction-entities/{entityId} 404-01', () => {
  it.each([
    { method: 'GET', id: 'IRIS_SCAN' },
    { method: 'GET', id: '%00' },
    { method: 'PATCH', id: 'IRIS_SCAN' },
  ])('does not know $id for $method', async ({ method, id }) => {
    const { send, redactionSettings } = await gatewayUnderTest({ scopes: ['admin'] });
    const body = method === 'PATCH' ? { policies: { autoTranscribe: true } } : undefined;
    const refusal = await readRefusal(await send(method, `${REDACTION_ENTITIES}/${id}`, body));
    expect(refusal).toEqual({ status: 404, code: '404-01', message: 'No redaction entity with this id' });
    expect(await redactionSettings.get('tenant-1')).toEqual({ type: 'none' });
  });
});
