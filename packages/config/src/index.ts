export { readAppVariables, readRedisUrl, type AppVariables } from './lib/app-variables.ts';
export {
  type EnvReader,
  type IntegerOptions,
  type StringOptions,
  type UrlOptions,
} from './lib/env-reader.ts';
export { readEnv, type Env } from './lib/read-env.ts';
