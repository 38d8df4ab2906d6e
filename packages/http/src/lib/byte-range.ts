/** Bytes `from` to `to`, both included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The one range of a `Range` header (RFC 9110, section 14): `undefined` where the whole is to be answered, as for
 * several ranges or another unit, `unsatisfiable` for 416.
 */
export function parseRange(
  header: string | undefined,
  byteCount: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const suffix = Math.min(Number(last), byteCount);
    return suffix === 0 ? 'unsatisfiable' : { from: byteCount - suffix, to: byteCount - 1 };
  }
  const from = Number(first);
  const to = last === '' ? byteCount - 1 : Math.min(Number(last), byteCount - 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= byteCount ? 'unsatisfiable' : { from, to };
}
