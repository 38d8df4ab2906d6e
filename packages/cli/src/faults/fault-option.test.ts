import { FAULT_CATALOGUE } from '@earshot/kvs-emulator';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../verb.ts';
import { parseFaultOption } from './fault-option.ts';

describe('parseFaultOption', () => {
  it.each([
    { given: 'cut:afterBytes=200000', want: { kind: 'cut', afterBytes: 200_000 } },
    { given: 'refuse:error=throttled,times=3', want: { kind: 'refuse', error: 'throttled', times: 3 } },
    {
      given: 'damage:every=7,how=random',
      want: { kind: 'damage', how: 'random', fragments: { every: 7 } },
    },
    {
      given: 'encoding:every=2,offset=1,crc32=true',
      want: { kind: 'encoding', crc32: true, fragments: { every: 2, offset: 1 } },
    },
    { given: 'missing:ordinals=4+5', want: { kind: 'missing', fragments: { ordinals: [4, 5] } } },
    {
      given: 'error-document:afterFragments=0,errorId=4500,errorCode=KMS',
      want: { kind: 'error-document', afterFragments: 0, errorId: '4500', errorCode: 'KMS' },
    },
    {
      given: 'clock-skew:serverAheadMs=-500,every=1',
      want: { kind: 'clock-skew', serverAheadMs: -500, fragments: { every: 1 } },
    },
  ])('reads $given', ({ given, want }) => {
    expect(parseFaultOption(given, FAULT_CATALOGUE)).toEqual(want);
  });

  it.each([
    { given: 'melt', want: 'there is no fault melt; earshot play --fault list' },
    { given: 'damag:every=7', want: 'there is no fault damag (did you mean damage)' },
    { given: 'cut', want: 'afterBytes=N bytes is missing' },
    { given: 'cut:afterBytes=soon', want: 'afterBytes is not N bytes' },
    { given: 'cut:afterBytes', want: 'afterBytes is not key=value' },
    { given: 'cut:afterBytes=1,every=2', want: 'cut has no every; it has afterBytes, times' },
    { given: 'damage:every=7,how=badly', want: 'how is not random|missing|zeroed-header' },
    { given: 'missing', want: 'every=N or ordinals=3+4 is missing' },
    { given: 'missing:ordinals=1+x', want: 'ordinals has x' },
    { given: 'encoding:every=1,void=yes', want: 'void is not true' },
  ])('refuses $given: $want', ({ given, want }) => {
    const parse = () => parseFaultOption(given, FAULT_CATALOGUE);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(want);
  });
});
