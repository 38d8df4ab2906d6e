import { describe, expect, it } from 'vitest';
import { isMediaError, MEDIA_TROUBLES, mediaError, mediaTrouble } from './media-trouble.ts';

describe('mediaTrouble', () => {
  it('has a cause and a remedy for every code', () => {
    for (const code of Object.keys(MEDIA_TROUBLES)) {
      expect(mediaTrouble(code)).toEqual({
        cause: expect.stringMatching(/\w/),
        remedy: expect.stringMatching(/\w/),
      });
    }
  });

  it('knows no code of others', () => {
    for (const code of ['speech.failed', 'toString', '']) expect(mediaTrouble(code)).toBeUndefined();
  });
});

describe('mediaError', () => {
  it('keeps what was tried out of the public message', () => {
    const error = mediaError('media.kms', 'Cannot read media: error 4500 arn:aws:kms');
    expect(isMediaError(error)).toBe(true);
    expect(error.publicMessage).toMatch(/kms:Decrypt/);
    expect(error.publicMessage).not.toMatch(/arn:aws/);
  });
});
