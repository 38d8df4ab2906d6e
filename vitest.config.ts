import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { findSystemPostgres } from './tooling/testing/src/lib/system-postgres.ts';

const conditions = ['earshot-source'];
const systemPostgres = findSystemPostgres();

/** All tests; the global setup starts the PostgreSQL that came from npm and Redis once for them. */
const everything = {
  extends: true as const,
  test: {
    name: 'all',
    include: ['{apps,packages,tooling}/*/{src,test}/**/*.test.ts', '{apps,packages,tooling}/*/*.test.ts'],
    globalSetup: ['./tooling/testing/src/global-setup.ts'],
  },
};

/** What talks to the database again, on the server that the system's packages brought. */
const onSystemPostgres = {
  extends: true as const,
  test: {
    name: `postgresql-${systemPostgres?.majorVersion}`,
    include: ['packages/storage/src/*.test.ts', 'packages/storage/src/postgres/**/*.test.ts'],
    globalSetup: ['./tooling/testing/src/global-setup-system-postgres.ts'],
  },
};

/** One run for the whole repository. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // The environment in which vitest loads the global setup.
  environments: { __vitest__: { resolve: { conditions, externalConditions: conditions } } },
  test: {
    projects: systemPostgres === undefined ? [everything] : [everything, onSystemPostgres],
    // Most tests wait for processes, sockets and clocks: one at a time, as is the default on two cores, takes twice as long.
    // Each may have dozens of connections to the one database: a machine with many cores does not run out of them.
    maxWorkers: Math.min(8, Math.max(2, availableParallelism() - 1)),
    // What a test waits for comes, however busy the machine is: a tight limit would be a bound on its speed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    execArgv: ['--conditions=earshot-source'],
  },
});
