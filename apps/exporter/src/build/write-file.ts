import { createHash } from 'node:crypto';
import { encodeUtterances, type ExportFormat, type UtteranceRow } from '@earshot/export-files';
import type { ObjectStore } from '@earshot/storage/objects';

export interface WrittenFile {
  readonly byteCount: number;
  readonly sha256: string;
}

/** Writes rows under a key and says what came out. */
export async function writeFile(
  objects: Pick<ObjectStore, 'put'>,
  key: string,
  format: ExportFormat,
  rows: AsyncIterable<UtteranceRow>,
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let byteCount = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of encodeUtterances(format, rows)) {
      hash.update(chunk);
      byteCount += chunk.byteLength;
      yield chunk;
    }
  }
  await objects.put(key, chunks());
  return { byteCount, sha256: hash.digest('hex') };
}
