import { maskCharacters } from './mask-text.ts';
import type { Hit } from './masks.ts';
import type { PreparedPolicy } from './prepared-policy.ts';

/**
 * Adds what the custom rules match. Where a match meets a value found by other means, both become one finding of the
 * rule, masked character by character.
 *
 * @param hits in order, without overlap
 */
export function maskCustomRules(text: string, policy: PreparedPolicy, hits: readonly Hit[]): Hit[] {
  const matches = policy.customRules.flatMap(({ name, find }) =>
    find(text).map((span): Hit => ({
      ...span,
      entity: name,
      rule: 'custom',
      confidence: 1,
      replacements: [],
    })),
  );
  const merged: Hit[] = [];
  for (const hit of [...hits, ...matches].toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || hit.start >= last.end) merged.push(hit);
    else merged[merged.length - 1] = join(last, hit);
  }
  return merged.map((hit) =>
    hit.replacements.length > 0 ? hit : { ...hit, replacements: [wholeMask(hit)] },
  );

  function wholeMask({ entity, start, end }: Hit): Hit['replacements'][number] {
    const masked = policy.mask === 'label' ? `[${entity}]` : maskCharacters(text.slice(start, end));
    return { start, end, text: masked };
  }
}

function join(first: Hit, second: Hit): Hit {
  const named = first.rule === 'custom' ? first : second;
  return { ...named, start: first.start, end: Math.max(first.end, second.end), replacements: [] };
}
