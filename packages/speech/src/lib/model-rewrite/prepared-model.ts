import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readModel, sha256, type ModelFile } from '../model-file.ts';
import { speechError } from '../speech-error.ts';
import { hasByteProducts } from './processor-features.ts';
import { REWRITE_VERSION, rewriteModel } from './rewrite-model.ts';

/** `auto`: rewritten where the processor gains by it. `off`: as shipped. */
export type ModelRewrite = 'auto' | 'off';

export interface PreparedModelOptions {
  /** Rewritten models are kept here: 75 MB for base, 37 MB for tiny. */
  readonly cacheDirectory: string;
  /** Default `auto`. */
  readonly rewrite?: ModelRewrite | undefined;
}

/**
 * Path of a model that is ready to load, shipped or rewritten.
 *
 * Throws `speech.model-missing`, `speech.model-corrupt`, `speech.cache-failed`.
 */
export async function prepareModel(file: ModelFile, options: PreparedModelOptions): Promise<string> {
  const rewrite = options.rewrite !== 'off' && (await hasByteProducts());
  return rewrite ? await ensureRewrittenModel(file, options.cacheDirectory) : (await readModel(file)).path;
}

/**
 * Path of the rewritten form of a model, made on first use and again where the file was damaged: beside it stands its
 * own sha256. Several processes may do so at once: each writes its own files and renames them into place.
 */
export async function ensureRewrittenModel(file: ModelFile, cacheDirectory: string): Promise<string> {
  const path = join(cacheDirectory, `${file.sha256}-r${REWRITE_VERSION}.onnx`);
  const sumPath = `${path}.sha256`;
  if (await isWhole(path, sumPath)) return path;
  const { bytes } = rewriteModel((await readModel(file)).bytes);
  try {
    await mkdir(cacheDirectory, { recursive: true });
    await replaceFile(path, bytes);
    await replaceFile(sumPath, `${sha256(bytes)}\n`);
  } catch (cause) {
    throw speechError(
      'speech.cache-failed',
      `Cannot write rewritten model of ${bytes.length} bytes into ${cacheDirectory}`,
      cause,
    );
  }
  return path;
}

async function isWhole(path: string, sumPath: string): Promise<boolean> {
  const want = await readIfThere(sumPath);
  const bytes = want && (await readIfThere(path));
  return Boolean(want && bytes && sha256(bytes) === want.toString('utf8').trim());
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw speechError('speech.cache-failed', `Cannot read rewritten model ${path}`, cause);
  }
}

async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
