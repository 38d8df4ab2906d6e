import { describe, expect, it } from 'vitest';
import { offeredLanguage, primaryLanguages } from './spoken-language.ts';

describe('offeredLanguage', () => {
  it.each([
    { asked: 'es-US', want: 'es-US' },
    { asked: 'ES-us', want: 'es-US' },
    { asked: 'es', want: 'es-ES' },
    { asked: 'es-MX', want: 'es-ES' },
    { asked: 'en-GB', want: 'en-US' },
  ])('takes $want for $asked', ({ asked, want }) => {
    expect(offeredLanguage(['en-US', 'es-ES', 'es-US'], asked)).toBe(want);
  });

  it.each(['fr', 'e', 'english', '', 'x'.repeat(1000)])('refuses %j, shortened', (asked) => {
    expect(() => offeredLanguage(['en-US'], asked)).toThrow(
      /^Cannot recognise language ".{0,35}": only en-US/,
    );
  });
});

describe('primaryLanguages', () => {
  it('names each language once', () => {
    expect(primaryLanguages(['en-US', 'en-GB', 'ES-US'])).toEqual(['en', 'es']);
  });
});
