export { findFreePort } from './lib/free-port.ts';
export { startPostgres, type PostgresOptions, type RunningService } from './lib/postgres.ts';
export type { PostgresBinaries } from './lib/postgres-binaries.ts';
export { isAlive, processIdentity } from './lib/process-identity.ts';
export { startRedis, type RedisOptions } from './lib/redis.ts';
export {
  runProcess,
  type ProcessExit,
  type ProcessUser,
  type RunningProcess,
  type RunProcessOptions,
  type StopStep,
} from './lib/run-process.ts';
export { ServiceError, type ServiceErrorCode } from './lib/service-error.ts';
