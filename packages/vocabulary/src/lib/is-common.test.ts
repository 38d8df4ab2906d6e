import { describe, expect, it } from 'vitest';
import { isCommon } from './is-common.ts';

describe('isCommon', () => {
  it.each([
    'call',
    'calls',
    'called',
    'calling',
    'caller',
    'stopped',
    'cities',
    'easily',
    'dont',
    'youre',
    'rebooted',
    'b',
  ])('knows %s', (word) => {
    expect(isCommon(word)).toBe(true);
  });

  it.each(['xarelto', 'kubernetes', 'polo', 'fusion', 'okta', 'roku', 'geico', 'peloton', ''])(
    'does not know %j',
    (word) => {
      expect(isCommon(word)).toBe(false);
    },
  );
});
