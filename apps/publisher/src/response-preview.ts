import type { OutboundRequest } from '@earshot/auth';

const PREVIEW_CHARS_MAX = 500;
const SECRET_CHARS_MIN = 4;
const MASK = '***';

/** The values of a request that an answer may quote and nobody may see: what authentication added, and the query. */
export function addedSecrets(unsigned: OutboundRequest, signed: OutboundRequest): string[] {
  const headers = Object.entries(signed.headers)
    .filter(([name, value]) => unsigned.headers[name] !== value)
    .flatMap(([, value]) => [value, ...value.split(/[\s,]+/)]);
  const query = [...signed.url.searchParams.values()];
  return [...headers, ...query];
}

/**
 * The beginning of what a target answered, fit to be kept and shown: printable, at most 500 characters, without the
 * given secrets, and with every run of three or more digits masked.
 */
export function maskPreview(answer: string, secrets: readonly string[]): string | undefined {
  const spellings = secrets
    .filter((secret) => secret.length >= SECRET_CHARS_MIN)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .toSorted((a, b) => b.length - a.length);
  const text = spellings
    .reduce((masked, spelling) => masked.replaceAll(spelling, MASK), answer)
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${MASK}`)
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, ' ')
    .replaceAll(/\d(?:[ .-]?\d){2,}/g, (run) => run.replaceAll(/\d/g, '#'))
    .trim();
  return text === '' ? undefined : text.slice(0, PREVIEW_CHARS_MAX).toWellFormed();
}
