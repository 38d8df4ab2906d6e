import { describe, expect, it } from 'vitest';
import { CORPUS_HALVES, CORPUS_STYLES, readCorpus, type CorpusHalf } from './corpus/corpus.ts';
import { maskWithEngine } from './corpus/mask-with-engine.ts';
import { scoreCorpus, sumOf } from './corpus/score.ts';
import { DEFAULT_ENTITIES, defaultPolicy } from './src/index.ts';

describe('createRedactor with the default policy', () => {
  for (const style of CORPUS_STYLES) {
    const conversations = CORPUS_HALVES.flatMap((half) => readCorpus(half, style));

    it(`leaves at most 1 % of private values whole and 3 % partly readable, in ${style}`, () => {
      const { byType } = scoreCorpus(conversations, maskWithEngine(defaultPolicy), {
        types: DEFAULT_ENTITIES,
      });
      const { spanCount, wholeCount, readableCount } = sumOf(byType, DEFAULT_ENTITIES);
      expect(wholeCount / spanCount).toBeLessThanOrEqual(0.01);
      expect(readableCount / spanCount).toBeLessThanOrEqual(0.03);
    });

    it(`alters at most 2 % of turns without anything private, in ${style}`, () => {
      const { alteredCount, cleanCount } = scoreCorpus(conversations, maskWithEngine(defaultPolicy), {
        types: DEFAULT_ENTITIES,
      });
      expect(alteredCount / cleanCount).toBeLessThanOrEqual(0.02);
    });
  }
});

/** In percent, what the calls came to, rounded up: figures to keep, not those that are aimed at. */
const KEPT: Readonly<Record<CorpusHalf, { whole: number; readable: number; altered: number }>> = {
  development: { whole: 2, readable: 2, altered: 2 },
  'held-out': { whole: 5, readable: 5, altered: 3 },
};

describe('createRedactor with the default policy, on the calls', () => {
  for (const half of CORPUS_HALVES) {
    const { whole, readable, altered } = KEPT[half];
    for (const style of CORPUS_STYLES) {
      const score = scoreCorpus(readCorpus(half, style, 'calls'), maskWithEngine(defaultPolicy), {
        types: DEFAULT_ENTITIES,
      });
      const { spanCount, wholeCount, readableCount } = sumOf(score.byType, DEFAULT_ENTITIES);

      it(`leaves at most ${whole} % of private values whole and ${readable} % partly readable, ${half}, in ${style}`, () => {
        expect((100 * wholeCount) / spanCount).toBeLessThanOrEqual(whole);
        expect((100 * readableCount) / spanCount).toBeLessThanOrEqual(readable);
      });

      it(`alters at most ${altered} % of turns without anything private, ${half}, in ${style}`, () => {
        expect((100 * score.alteredCount) / score.cleanCount).toBeLessThanOrEqual(altered);
      });
    }
  }
});
