import { describe, expect, it } from 'vitest';
import { CORPUS_HALVES, CORPUS_STYLES, readCorpus } from './corpus/corpus.ts';
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
