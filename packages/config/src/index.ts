export {
  readAppVariables,
  readRedisUrl,
  type AppVariables,
  type DatabaseLimits,
} from './lib/app-variables.ts';
export { readEngineVariables, type EngineVariables, type SecretSource } from './lib/engine-variables.ts';
export {
  type EnvReader,
  type IntegerOptions,
  type StringOptions,
  type UrlOptions,
} from './lib/env-reader.ts';
export {
  readObjectStore,
  readOptionalObjectStore,
  type ObjectStoreVariables,
} from './lib/object-store-variables.ts';
export { readEngineOffers, type EngineList, type EngineOffer } from './lib/offered-engines.ts';
export { readEnv, type Env } from './lib/read-env.ts';
