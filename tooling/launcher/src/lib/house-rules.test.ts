import { describe, expect, it } from 'vitest';
import { breachesIn } from './house-rules.ts';

const lines = (count: number): string => 'x;\n'.repeat(count);

describe('breachesIn', () => {
  it.each([
    { path: 'packages/a/src/lib/x.ts', text: lines(201), want: '201 lines exceed the limit of 200' },
    { path: 'packages/a/src/lib/utils.ts', text: '', want: 'name the file after what it holds' },
    {
      path: 'apps/a/src/x.ts',
      text: "import { x } from '@earshot/testing';",
      want: 'apps/a/src/x.ts:1: production code imports tooling',
    },
    {
      path: 'apps/a/src/x.ts',
      text: `import { x } from '${'@earshot'}/http/src/lib/y.ts';`,
      want: 'import the package',
    },
    { path: 'apps/a/src/x.ts', text: '\nconst x = process.env;', want: 'x.ts:2: only main.ts reads' },
    { path: 'packages/a/src/index.ts', text: "export * from './x.ts';", want: 'list the exports one by one' },
  ])('finds in $path: $want', ({ path, text, want }) => {
    expect(breachesIn(path, text)).toEqual([expect.stringContaining(want)]);
  });

  it.each([
    { path: 'packages/a/src/lib/x.ts', text: lines(200) },
    { path: 'packages/a/src/lib/x.test.ts', text: lines(900) },
    { path: 'apps/a/src/x.test.ts', text: "import { x } from '@earshot/testing';" },
    { path: 'packages/a/src/contract.ts', text: "import { x } from '@earshot/testing';" },
    { path: 'tooling/e2e/src/x.ts', text: "import { x } from '@earshot/testing';" },
    { path: 'apps/a/src/main.ts', text: 'const x = process.env;' },
    { path: 'apps/a/src/x.ts', text: "// process.env is read in main.ts\nconst x = 'process.env';" },
  ])('accepts $path', ({ path, text }) => {
    expect(breachesIn(path, text)).toEqual([]);
  });
});
