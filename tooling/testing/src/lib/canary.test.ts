import { describe, expect, it } from 'vitest';
import { createCanary } from './canary.ts';

describe('createCanary', () => {
  const leaks = [
    'pin 4071 end',
    'PIN=4071',
    '"text":"4 0 7 1"',
    'it is 4, 0, 7, 1.',
    'my code is 40 71',
    'Four Zero Seven One',
    'four oh seven one',
    'four, o, seven-one',
  ];
  it.each(leaks)('finds the secret in %j', (text) => {
    const canary = createCanary('4071');
    canary.collect('log', text);
    expect(canary.findings().map(({ sink }) => sink)).toContain('log');
    expect(() => canary.assertClean()).toThrow('found in log');
  });

  const clean = [
    'pin #### end',
    'order 140712',
    'id 9f4071ab',
    'at 12:40:71',
    'ratio 0.4071',
    'seventy one',
    'twentyfour zero seven one',
    '40.71',
  ];
  it.each(clean)('accepts %j', (text) => {
    const canary = createCanary('4071');
    canary.collect('log', text);
    expect(canary.findings()).toEqual([]);
    canary.assertClean();
  });

  it('finds a card number in groups of four', () => {
    const canary = createCanary('4111 1111 1111 1111');
    canary.collect('table', '4111-1111-1111-1111');
    expect(canary.findings()).toHaveLength(1);
  });

  it('does not call it clean when nothing was collected', () => {
    expect(() => createCanary('4071').assertClean()).toThrow('no text was collected');
  });

  it('never repeats the text around a finding', () => {
    const canary = createCanary('4071');
    canary.collect('log', 'Anna Smith said 4071');
    expect(() => canary.assertClean()).toThrow(/^((?!Anna).)*$/);
  });

  it('refuses a secret too short to tell from other text', () => {
    expect(() => createCanary('12')).toThrow('at least 3 digits');
  });
});
