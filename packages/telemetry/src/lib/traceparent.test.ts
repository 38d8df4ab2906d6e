import { describe, expect, it } from 'vitest';
import { newTraceparent } from './traceparent.ts';

describe('newTraceparent', () => {
  it('is a sampled version 00 traceparent, another each time', () => {
    expect(newTraceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(newTraceparent()).not.toBe(newTraceparent());
  });
});
