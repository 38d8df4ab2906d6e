import { describe, expect, it } from 'vitest';
import { isServerLine } from './backing-services.ts';

describe('isServerLine', () => {
  it.each([
    { given: '2026-11-23 22:52:04.113 UTC [16026] ERROR:  could not extend file', want: true },
    { given: '\tselect tenant_id from lease', want: true },
    { given: 'Stopping a server that an earlier run left behind', want: false },
  ])('$given: $want', ({ given, want }) => {
    expect(isServerLine(given)).toBe(want);
  });
});
