import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sha256 } from './model-file.ts';
import { speechError } from './speech-error.ts';

const VOCABULARY_SIZE = 32_768;
/** Ids below are control tokens without text. */
const FIRST_TEXT_ID = 3;
const FILE_NAME = 'moonshine-tokens.txt';
/** Of the table made from `llama-tokenizer-js` 1.2.2. */
const TABLE_SHA256 = '9ac35266432b530e72874bedb907503a0ff8f443245589612c27fca333b2c1a8';
const byteToken = /^<0x([0-9A-F]{2})>$/;

/**
 * Path of the token table in `cacheDirectory`, made from the Llama vocabulary on first use. Several processes may
 * do so at once: each writes its own file and renames it into place.
 *
 * Throws `speech.cache-failed`, `speech.model-corrupt`.
 */
export async function ensureTokenTable(cacheDirectory: string): Promise<string> {
  const path = join(cacheDirectory, FILE_NAME);
  if ((await hashOf(path)) === TABLE_SHA256) return path;
  const { default: tokenizer } = await import('llama-tokenizer-js');
  const table = tokenTable(tokenizer.vocabById);
  if (sha256(table) !== TABLE_SHA256) {
    throw speechError(
      'speech.model-corrupt',
      'Cannot make token table: the vocabulary of llama-tokenizer-js is another',
    );
  }
  try {
    await mkdir(cacheDirectory, { recursive: true });
    const draft = join(cacheDirectory, `${FILE_NAME}.${randomUUID()}`);
    await writeFile(draft, table);
    await rename(draft, path);
  } catch (cause) {
    throw speechError('speech.cache-failed', `Cannot write token table into ${cacheDirectory}`, cause);
  }
  return path;
}

async function hashOf(path: string): Promise<string | undefined> {
  try {
    return sha256(await readFile(path));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw speechError('speech.cache-failed', `Cannot read token table ${path}`, cause);
  }
}

/** One line an id: base64 of the token's bytes, a space, the id. */
function tokenTable(vocabulary: readonly string[]): string {
  const lines = Array.from({ length: VOCABULARY_SIZE }, (_, id) => {
    const piece = id < FIRST_TEXT_ID ? '' : (vocabulary[id] ?? '');
    const byte = byteToken.exec(piece)?.[1];
    const bytes = byte === undefined ? Buffer.from(piece) : Buffer.from(byte, 'hex');
    return `${bytes.toString('base64')} ${id}\n`;
  });
  return lines.join('');
}
