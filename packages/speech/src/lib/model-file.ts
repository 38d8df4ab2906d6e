import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { speechError } from './speech-error.ts';

/** A model that comes inside an npm package; what it must hash to is part of our code. */
export interface ModelFile {
  readonly packageName: string;
  /** Inside the package. */
  readonly path: string;
  readonly sha256: string;
}

const resolver = createRequire(import.meta.url);

/** Path of a file in an installed package, past its `exports` map. Throws `speech.model-missing`. */
export function locateModel(file: ModelFile): string {
  const folders = resolver.resolve.paths(file.packageName) ?? [];
  const path = folders
    .map((folder) => join(folder, file.packageName, file.path))
    .find((each) => existsSync(each));
  if (path !== undefined) return path;
  throw speechError(
    'speech.model-missing',
    `Cannot find model file ${file.path}: package ${file.packageName} is not installed or lacks it; reinstall the dependencies`,
  );
}

/** The whole file, once its hash is right. Throws `speech.model-missing`, `speech.model-corrupt`. */
export async function readModel(
  file: ModelFile,
): Promise<{ readonly path: string; readonly bytes: Uint8Array }> {
  const path = locateModel(file);
  const bytes = await readFile(path);
  const actual = sha256(bytes);
  if (actual === file.sha256) return { path, bytes };
  throw speechError(
    'speech.model-corrupt',
    `Cannot use model file ${file.path} of ${file.packageName}: sha256 is ${actual}, want ${file.sha256}; reinstall the dependencies`,
  );
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
