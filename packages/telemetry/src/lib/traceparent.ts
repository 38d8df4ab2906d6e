import { randomBytes } from 'node:crypto';

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** A new sampled trace: `00-<trace id>-<span id>-01` (W3C Trace Context, section 3.2). */
export function newTraceparent(): string {
  return `00-${randomId(16)}-${randomId(8)}-01`;
}

/** The next span of `parent`'s trace, flags kept; a new trace when `parent` is not a valid traceparent. */
export function childTraceparent(parent: string | undefined): string {
  const [, version, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(parent ?? '') ?? [];
  if (version === undefined || version === 'ff' || isZero(traceId) || isZero(spanId)) return newTraceparent();
  if (version === '00' && parent?.length !== 55) return newTraceparent();
  return `00-${traceId}-${randomId(8)}-${flags}`;
}

/** All zeroes means "no id" in both places, so it is never handed out. */
function randomId(bytes: number): string {
  const id = randomBytes(bytes).toString('hex');
  return isZero(id) ? randomId(bytes) : id;
}

function isZero(id: string): boolean {
  return /^0*$/.test(id);
}
