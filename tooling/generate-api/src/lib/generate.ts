import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.ts';
import { generateTypes } from './types.ts';
import { generateValidators } from './validators.ts';

const BANNER = '// Generated from packages/api/openapi by `npm run generate`. Do not edit.\n';

/** Every generated file: path below the API package, content. The same source gives the same bytes. */
export async function generate(apiDirectory: string): Promise<ReadonlyMap<string, string>> {
  const document = await bundle(join(apiDirectory, 'openapi'));
  return new Map([
    ['src/generated/openapi.gen.json', `${JSON.stringify(document, null, 2)}\n`],
    ['src/generated/types.gen.ts', BANNER + (await generateTypes(document))],
    [
      'src/generated/validators.gen.ts',
      `${BANNER}// @ts-nocheck: compiled code without types\n${generateValidators(document)}`,
    ],
  ]);
}

/** Paths whose content differs from what the source gives. */
export async function staleFiles(
  apiDirectory: string,
  files: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [path, content] of files) {
    if ((await readIfPresent(join(apiDirectory, path))) !== content) stale.push(path);
  }
  return stale;
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function writeFiles(apiDirectory: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, content] of files) {
    const target = join(apiDirectory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}
