import { randomBytes } from 'node:crypto';

/** A new sampled trace: `00-<trace id>-<span id>-01` (W3C Trace Context, section 3.2). */
export function newTraceparent(): string {
  return `00-${randomId(16)}-${randomId(8)}-01`;
}

/** All zeroes means "no id" in both places, so it is never handed out. */
function randomId(bytes: number): string {
  const id = randomBytes(bytes).toString('hex');
  return /^0*$/.test(id) ? randomId(bytes) : id;
}
