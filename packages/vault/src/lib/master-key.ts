import { open } from 'node:fs/promises';
import { AppError } from '@earshot/domain';

/** Where the master key comes from; exactly one of the two. */
export interface MasterKeySource {
  /** Base64 or base64url of 32 bytes. */
  readonly key?: string | undefined;
  /** A file holding either the 32 bytes or their base64. */
  readonly file?: string | undefined;
}

export const KEY_BYTES = 32;
const FILE_BYTES_MAX = 4096;

/** @throws AppError `vault.invalid-master-key` or `vault.unreadable-master-key`; neither shows any of the key */
export async function readMasterKey(source: MasterKeySource): Promise<Uint8Array> {
  const { key, file } = source;
  if (key !== undefined && file === undefined) return decode(key.trim(), 'the variable');
  if (key !== undefined || file === undefined) throw invalid('exactly one of key and file must be given');
  const content = await readStart(file);
  if (content.byteLength === KEY_BYTES) return content;
  return decode(content.toString('latin1').trim(), file);
}

async function readStart(file: string): Promise<Buffer> {
  try {
    await using handle = await open(file, 'r');
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(FILE_BYTES_MAX), 0, FILE_BYTES_MAX, 0);
    return Buffer.from(buffer.subarray(0, bytesRead));
  } catch (cause) {
    throw new AppError('vault.unreadable-master-key', `Cannot read master key file ${file}`, {
      retryable: false,
      cause,
    });
  }
}

function decode(text: string, origin: string): Uint8Array {
  // Buffer.from skips what is not base64, so the shape is checked first: a damaged key must not become another key.
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text))
    throw invalid(`${origin} does not hold base64 of ${KEY_BYTES} bytes`);
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function invalid(reason: string): AppError {
  return new AppError('vault.invalid-master-key', `Cannot use master key: ${reason}`, { retryable: false });
}
