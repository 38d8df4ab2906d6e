import { describe, expect, it } from 'vitest';
import { decodeWithModels } from './decode-with-models.ts';
import type { DecodePcm } from './moonshine-model.ts';

const SECOND = new Int16Array(8000);
const LESS_LEAD = 8000 - 150 * 8;
const NOW = { priority: 'final', waitedMs: 0 } as const;

/** Models that answer in turn and keep what they heard. */
function models(answers: { readonly main?: readonly string[]; readonly small?: readonly string[] }) {
  const heard: [string, number][] = [];
  const model = (name: string, texts: readonly string[]): DecodePcm => {
    let calls = 0;
    return async (pcm) => {
      heard.push([name, pcm.length]);
      calls += 1;
      return await Promise.resolve(texts[calls - 1] ?? '');
    };
  };
  const { main = [], small } = answers;
  return {
    heard,
    models: {
      main: model('main', main),
      small: small === undefined ? undefined : model('small', small),
      smallModelWaitMs: 150,
    },
  };
}

describe('decodeWithModels', () => {
  it.each([
    { given: 'a final in time', turn: { priority: 'final', waitedMs: 150 }, want: { text: 'main' } },
    {
      given: 'a final that has waited',
      turn: { priority: 'final', waitedMs: 151 },
      want: { text: 'small', degraded: 'small-model' },
    },
    {
      given: 'a speculation that has waited',
      turn: { priority: 'speculative', waitedMs: 900 },
      want: { text: 'main' },
    },
    {
      given: 'a partial by the small model',
      turn: { priority: 'partial', waitedMs: 0 },
      want: { text: 'small', degraded: 'small-model' },
    },
  ] as const)('decodes $given', async ({ turn, want }) => {
    const both = models({ main: ['main'], small: ['small'] });
    expect(await decodeWithModels(both.models, SECOND, turn)).toEqual(want);
    expect(both.heard).toHaveLength(1);
  });

  it('keeps to the model it has, however long a final has waited', async () => {
    const { models: one } = models({ main: ['main'] });
    const late = { priority: 'final', waitedMs: 9000 } as const;
    expect(await decodeWithModels(one, SECOND, late)).toEqual({ text: 'main' });
  });

  it.each([
    {
      given: ['', 'again'],
      small: [],
      want: { text: 'again' },
      heard: [
        ['main', 8000],
        ['main', LESS_LEAD],
      ],
    },
    {
      given: ['', ''],
      small: ['other'],
      want: { text: 'other', degraded: 'small-model' },
      heard: [
        ['main', 8000],
        ['main', LESS_LEAD],
        ['small', 8000],
      ],
    },
    {
      given: ['', ''],
      small: [''],
      want: { text: '' },
      heard: [
        ['main', 8000],
        ['main', LESS_LEAD],
        ['small', 8000],
      ],
    },
  ])(
    'tries less lead, then the small model, where $given was heard',
    async ({ given, small, want, heard }) => {
      const both = models({ main: given, small });
      expect(await decodeWithModels(both.models, SECOND, NOW)).toEqual(want);
      expect(both.heard).toEqual(heard);
    },
  );

  it('decodes a partial once, with the model it has, whether words were heard or not', async () => {
    const one = models({ main: ['', 'again'] });
    const turn = { priority: 'partial', waitedMs: 0 } as const;
    expect(await decodeWithModels(one.models, SECOND, turn)).toEqual({ text: '' });
    expect(one.heard).toEqual([['main', 8000]]);
  });

  it('does not try again for less than 250 ms of speech', async () => {
    const both = models({ main: [''], small: ['other'] });
    expect(await decodeWithModels(both.models, new Int16Array(659 * 8), NOW)).toEqual({ text: '' });
    expect(both.heard).toEqual([['main', 659 * 8]]);
  });
});
