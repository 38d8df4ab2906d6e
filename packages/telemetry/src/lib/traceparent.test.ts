import { describe, expect, it } from 'vitest';
import { childTraceparent, newTraceparent } from './traceparent.ts';

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

describe('newTraceparent', () => {
  it('is a sampled version 00 traceparent, another each time', () => {
    expect(newTraceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(newTraceparent()).not.toBe(newTraceparent());
  });
});

describe('childTraceparent', () => {
  it('keeps trace and flags and changes the span', () => {
    const child = childTraceparent(PARENT);
    expect(child).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00$/);
    expect(child).not.toBe(PARENT);
  });

  it('reads the known part of a later version', () => {
    expect(childTraceparent(`01${PARENT.slice(2)}-extra`)).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  const invalid = [
    undefined,
    '',
    'nonsense',
    PARENT.toUpperCase(),
    `ff${PARENT.slice(2)}`,
    `${PARENT}-extra`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`,
  ];
  it.each(invalid)('starts a new trace after %s', (given) => {
    const child = childTraceparent(given);
    expect(child).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(child).not.toContain('4bf92f3577b34da6a3ce929d0e0e4736');
  });
});
