/** A RIFF file of silence: 8 kHz, 16 bit, one channel. */
export function silentWav(seconds: number): Uint8Array {
  const byteCount = seconds * 16_000;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + byteCount, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(byteCount, 40);
  return Buffer.concat([header, Buffer.alloc(byteCount)]);
}
