import { defineConfig } from 'vitest/config';

const conditions = ['earshot-source'];

/** One run for the whole repository; `tooling/testing` starts PostgreSQL and Redis once for it. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['{apps,packages,tooling}/*/{src,test}/**/*.test.ts', '{apps,packages,tooling}/*/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    execArgv: ['--conditions=earshot-source'],
  },
});
