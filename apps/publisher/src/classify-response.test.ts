import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { classifyResponse } from './classify-response.ts';

const coded = (code: string): Error => Object.assign(new Error('secret=hush'), { code });

describe('classifyResponse', () => {
  it.each([200, 201, 202, 204, 299])('takes %i as delivered', (status) => {
    expect(classifyResponse({ type: 'answered', status, durationMs: 1 }, 5000)).toEqual({
      state: 'delivered',
      status,
      errorCode: undefined,
      detail: undefined,
    });
  });

  it.each([
    { status: 301, want: 'webhook.redirect' },
    { status: 308, want: 'webhook.redirect' },
    { status: 400, want: 'webhook.status' },
    { status: 410, want: 'webhook.status' },
    { status: 429, want: 'webhook.status' },
    { status: 503, want: 'webhook.status' },
  ])('takes $status as failed', ({ status, want }) => {
    const verdict = classifyResponse({ type: 'answered', status, durationMs: 1 }, 5000);
    expect(verdict).toMatchObject({ state: 'failed', status, errorCode: want });
    expect(verdict.detail).toContain(String(status));
  });

  it('names the limit of a timeout', () => {
    expect(classifyResponse({ type: 'timed-out', durationMs: 5000 }, 5000)).toEqual({
      state: 'failed',
      status: undefined,
      errorCode: 'webhook.timeout',
      detail: 'Cannot deliver message: no answer within 5000 ms',
    });
  });

  it.each([
    { cause: coded('ECONNREFUSED'), want: { errorCode: 'webhook.connection', detail: '(ECONNREFUSED)' } },
    { cause: coded('UND_ERR_SOCKET'), want: { errorCode: 'webhook.connection', detail: '(UND_ERR_SOCKET)' } },
    { cause: coded('CERT_HAS_EXPIRED'), want: { errorCode: 'webhook.tls', detail: '(CERT_HAS_EXPIRED)' } },
    {
      cause: coded('DEPTH_ZERO_SELF_SIGNED_CERT'),
      want: { errorCode: 'webhook.tls', detail: 'SELF_SIGNED' },
    },
    {
      cause: coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      want: { errorCode: 'webhook.tls', detail: 'UNABLE_TO_VERIFY' },
    },
    { cause: coded('ERR_TLS_CERT_ALTNAME_INVALID'), want: { errorCode: 'webhook.tls', detail: 'ALTNAME' } },
    {
      cause: new Error('outer', { cause: coded('EPIPE') }),
      want: { errorCode: 'webhook.connection', detail: 'EPIPE' },
    },
    {
      cause: 'nothing like an error',
      want: { errorCode: 'webhook.connection', detail: 'connection failed' },
    },
    {
      cause: new AppError('webhook.egress-refused', 'Cannot connect: address 10.0.0.1', { retryable: false }),
      want: { errorCode: 'webhook.egress-refused', detail: 'address 10.0.0.1' },
    },
  ])('tells the code of $cause and nothing of a foreign text', ({ cause, want }) => {
    const verdict = classifyResponse({ type: 'broken', cause, durationMs: 1 }, 5000);
    expect(verdict).toMatchObject({ state: 'failed', status: undefined, errorCode: want.errorCode });
    expect(verdict.detail).toContain(want.detail);
    expect(verdict.detail).not.toContain('hush');
  });
});
