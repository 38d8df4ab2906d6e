import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';

/** Rules of this repository that no linter knows. */
const FILE_LINES_MAX = 200;
const SKIPPED_FOLDERS = new Set([
  'node_modules',
  'dist',
  '.turbo',
  'coverage',
  'generated',
  'fixtures',
  'data',
]);
const SOURCE = /\.(ts|mjs|js|sh)$/;
const GENERATED = /\.gen\.(ts|mjs|js|d\.ts)$/;
const TEST_CODE = /(\.test\.ts$)|(^tooling\/e2e\/)|(\/src\/(testing|contract)(\.ts|\/))|(\/(test|bench)\/)/;
const MAY_READ_ENVIRONMENT = /\/(main\.(ts|mjs)|global-setup\.ts)$|\/bin\/[^/]+\.mjs$/;
const TOOLING_IMPORT =
  /from\s+'@earshot\/(launcher|kvs-emulator|services|testing|e2e|bench|chaos|scripted-ingest|delivery-load|hostile-receivers|generate-api)['/]/;
const DEEP_IMPORT = /from\s+'@earshot\/[a-z-]+\/(src|dist|lib)\//;
const VAGUE_NAME = /^(utils?|helpers?|misc|common)\.(ts|mjs)$/;

/** Looks at every hand-written source file; resolves with one line for each breach. */
export async function checkHouseRules(checkout: string): Promise<string[]> {
  const files = await Promise.all(
    ['apps', 'packages', 'tooling'].map((folder) => sourcesIn(join(checkout, folder))),
  );
  const breaches = await Promise.all(
    files.flat().map(async (path) => {
      const name = relative(checkout, path).split(sep).join('/');
      return breachesIn(name, await readFile(path, 'utf8'));
    }),
  );
  return breaches.flat().toSorted();
}

/** The breaches of one file, `path` as seen from the repository's folder. */
export function breachesIn(path: string, text: string): string[] {
  const found: string[] = [];
  const isTest = TEST_CODE.test(path);
  const isProduction = !path.startsWith('tooling/') && !isTest;
  const lines = text.split('\n');
  const count = text.endsWith('\n') ? lines.length - 1 : lines.length;
  if (!isTest && count > FILE_LINES_MAX) {
    found.push(`${path}: ${count} lines exceed the limit of ${FILE_LINES_MAX}; split it by noun or verb`);
  }
  if (VAGUE_NAME.test(basename(path))) found.push(`${path}: name the file after what it holds`);
  lines.forEach((line, index) => {
    const place = `${path}:${index + 1}`;
    if (isProduction && TOOLING_IMPORT.test(line)) found.push(`${place}: production code imports tooling`);
    if (DEEP_IMPORT.test(line)) found.push(`${place}: import the package, not a file inside it`);
    if (!isTest && !MAY_READ_ENVIRONMENT.test(path) && readsEnvironment(line)) {
      found.push(`${place}: only main.ts reads the environment`);
    }
    if (path.endsWith('/src/index.ts') && line.startsWith('export *')) {
      found.push(`${place}: list the exports one by one`);
    }
  });
  return found;
}

/** Not in a comment or a string: the code itself. */
function readsEnvironment(line: string): boolean {
  const code = line.replace(/\/\/.*|^\s*\*.*|'[^']*'|`[^`]*`/g, '');
  return code.includes('process.env');
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : sourcesIn(path);
      return SOURCE.test(entry.name) && !GENERATED.test(entry.name) ? [path] : [];
    }),
  );
  return nested.flat();
}
