import { createHash } from 'node:crypto';

const ID_CHARS = 27;

/** The same for the same facts in every process; holds no dot, as `webhook-id` wants it. */
export function deriveEventId(...facts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
  return `evt_${hash.slice(0, ID_CHARS)}`;
}
