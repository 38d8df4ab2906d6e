import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { describeTrouble } from './trouble.ts';

describe('describeTrouble', () => {
  it.each([
    { given: 'media.access-denied', remedy: 'kinesisvideo:GetMedia' },
    { given: 'speech.engine-refused', remedy: 'key, the quota' },
    { given: 'speech.engine-not-opened', remedy: 'key, the quota' },
    { given: 'speech.decode-failed', remedy: 'model files' },
    { given: 'storage.failed', remedy: 'log of the ingest app' },
  ])('helps with $given, and shows nothing of its message', ({ given, remedy }) => {
    const trouble = describeTrouble(new AppError(given, 'my PIN is 5937', { retryable: false }));
    expect(trouble).toMatchObject({ code: given, remedy: expect.stringContaining(remedy) });
    expect(JSON.stringify(trouble)).not.toContain('5937');
  });

  it('has a code for a failure that has none', () => {
    expect(describeTrouble(new Error('my PIN is 5937'))).toMatchObject({ code: 'ingest.internal' });
  });
});
