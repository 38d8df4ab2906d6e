import { describe, expect, it } from 'vitest';
import { respell } from './respell.ts';

describe('respell', () => {
  it.each([
    { given: 'fuse', want: 'FuS' },
    { given: 'fusion', want: 'FuZuN' },
    { given: 'knight', want: 'NiT' },
    { given: 'phone', want: 'FoN' },
    { given: 'quick', want: 'KWiK' },
    { given: 'cell', want: 'SeL' },
    { given: 'edge', want: 'eJ' },
    { given: 'singing', want: 'SiNJiN', other: 'SiNGiN' },
    { given: 'yes', want: 'YeS', other: 'ieS' },
    { given: 'the', want: '0e', other: 'Te' },
    { given: 'church', want: 'CuRC', other: 'KuRK' },
    { given: 'xarelto', want: 'ZaReLTo', other: 'eKSaReLTo' },
    { given: 'tough', want: 'To', other: 'TuF' },
  ])('says $given as $want', ({ given, want, other }) => {
    expect(respell(given)).toEqual({ usual: want, other: other ?? want });
  });

  it.each(['', '7up', 'señor', "don't"])('has nothing to say for %j', (given) => {
    expect(respell(given)).toBeUndefined();
  });
});
