/** As `bytes.subarray(start, end)`, which takes three times as long and gives a Buffer of a Buffer. */
export function viewOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start);
}
