import { describe, expect, it } from 'vitest';
import { splitLegs } from './split-legs.ts';

const audio = { customer: new Uint8Array(32_000), agent: new Uint8Array(48_000) };

describe('splitLegs', () => {
  it('plays a call without a hold as one leg', () => {
    expect(splitLegs(audio, undefined)).toEqual([audio]);
  });

  it('cuts both sides at the same moment and loses no byte', () => {
    const legs = splitLegs(audio, 1500);
    expect(legs.map(({ customer, agent }) => [customer.byteLength, agent.byteLength])).toEqual([
      [24_000, 24_000],
      [8_000, 24_000],
    ]);
  });
});
