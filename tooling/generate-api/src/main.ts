import { fileURLToPath } from 'node:url';
import { generate, staleFiles, writeFiles } from './lib/generate.ts';

const apiDirectory = fileURLToPath(new URL('../../../packages/api', import.meta.url));
const files = await generate(apiDirectory);
const stale = await staleFiles(apiDirectory, files);

if (process.argv.includes('--check')) {
  for (const path of stale) process.stderr.write(`packages/api/${path} is stale: run npm run generate\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  await writeFiles(apiDirectory, files);
  process.stdout.write(`${stale.length} of ${files.size} generated files changed\n`);
}
