import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian and Ubuntu keep the servers of each major version. */
const DEBIAN_ROOT = '/usr/lib/postgresql';

export interface SystemPostgres {
  readonly majorVersion: number;
  readonly postgres: string;
  readonly initdb: string;
}

/** The PostgreSQL server that the system's packages brought, the newest of several; `undefined` where there is none. */
export function findSystemPostgres(root = DEBIAN_ROOT): SystemPostgres | undefined {
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      majorVersion: Number(name),
      postgres: join(root, name, 'bin', 'postgres'),
      initdb: join(root, name, 'bin', 'initdb'),
    }))
    .toSorted((one, other) => other.majorVersion - one.majorVersion)
    .find(({ postgres, initdb }) => existsSync(postgres) && existsSync(initdb));
}
