import { speechError } from '../lib/speech-error.ts';

/** `en` of `en-US`, once each. */
export function primaryLanguages(tags: readonly string[]): readonly string[] {
  return [...new Set(tags.map(primarySubtag))];
}

/** The tag of `offered` that is `asked`, else the first of the same language. Throws `speech.language-unsupported`. */
export function offeredLanguage(offered: readonly string[], asked: string): string {
  const same = offered.find((tag) => tag.toLowerCase() === asked.toLowerCase());
  const found = same ?? offered.find((tag) => primarySubtag(tag) === primarySubtag(asked));
  if (found !== undefined) return found;
  throw speechError(
    'speech.language-unsupported',
    `Cannot recognise language ${JSON.stringify(asked.slice(0, 35))}: only ${offered.join(', ')} supported`,
  );
}

function primarySubtag(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
