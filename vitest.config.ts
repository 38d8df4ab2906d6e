import { defineConfig } from 'vitest/config';

const conditions = ['earshot-source'];

/** One run for the whole repository; the global setup starts PostgreSQL and Redis once for it. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // The environment in which vitest loads the global setup.
  environments: { __vitest__: { resolve: { conditions, externalConditions: conditions } } },
  test: {
    include: ['{apps,packages,tooling}/*/{src,test}/**/*.test.ts', '{apps,packages,tooling}/*/*.test.ts'],
    globalSetup: ['./tooling/testing/src/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    execArgv: ['--conditions=earshot-source'],
  },
});
