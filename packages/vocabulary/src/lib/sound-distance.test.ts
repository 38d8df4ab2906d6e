import { describe, expect, it } from 'vitest';
import { beginAlike, skeletonOf, soundDistance } from './sound-distance.ts';

describe('skeletonOf', () => {
  it.each([
    { given: 'HuMiRa', want: 'MR' },
    { given: 'KuPeRNeTiS', want: 'KPRMTS' },
    { given: 'KuBeRNeTeZ', want: 'KPRMTS' },
    { given: 'FuZSuN', want: 'FSM' },
    { given: 'oWa', want: '' },
  ])('keeps $want of $given', ({ given, want }) => {
    expect(skeletonOf(given)).toBe(want);
  });
});

describe('soundDistance', () => {
  it.each([
    { given: ['FuSoN', 'FuSoN'], want: 0 },
    { given: ['FuSoN', 'FuSiN'], want: 0.5 },
    { given: ['FuSoN', 'FuZoN'], want: 0.5 },
    { given: ['FuSoN', 'FuSN'], want: 0.5 },
    { given: ['HuN', 'uN'], want: 0.5 },
    { given: ['FuSoN', 'FuRoN'], want: 1 },
    { given: ['FuSoN', 'FuSToN'], want: 1 },
    { given: ['FuSoN', 'KiLT'], want: Infinity },
  ] as const)('between $given.0 and $given.1 is $want', ({ given, want }) => {
    expect(soundDistance(given[0], given[1], 1.5)).toBe(want);
    expect(soundDistance(given[1], given[0], 1.5)).toBe(want);
  });
});

describe('beginAlike', () => {
  it.each([
    { given: ['oKTa', 'aKTa'], want: true },
    { given: ['ZaReL', 'SaReL'], want: true },
    { given: ['KiT', 'oKT'], want: false },
    { given: ['HuM', 'uM'], want: true },
    { given: ['WuM', 'uM'], want: false },
  ] as const)('of $given.0 and $given.1 is $want', ({ given, want }) => {
    expect(beginAlike(given[0], given[1])).toBe(want);
  });
});
