import { describe, expect, it } from 'vitest';
import { hasScope, isScope, SCOPES } from './scopes.ts';

describe('hasScope', () => {
  it('grants each scope to who has it and to nobody else', () => {
    for (const wanted of SCOPES) {
      expect(hasScope([wanted], wanted)).toBe(true);
      const others = SCOPES.filter((scope) => scope !== wanted && scope !== 'admin');
      expect(hasScope(others, wanted)).toBe(false);
    }
  });

  it('lets admin do everything but read unredacted text', () => {
    const granted = SCOPES.filter((scope) => hasScope(['admin'], scope));
    expect(granted).toEqual(SCOPES.filter((scope) => scope !== 'transcripts:unredacted'));
  });
});

describe('isScope', () => {
  it('knows the scopes and nothing else', () => {
    expect(SCOPES.every(isScope)).toBe(true);
    expect(isScope('stream:read')).toBe(false);
    expect(isScope('')).toBe(false);
  });
});
