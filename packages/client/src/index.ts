export {
  createEarshotClient,
  type EarshotClient,
  type EarshotClientOptions,
} from './lib/create-earshot-client.ts';
export { EarshotApiError, type EarshotApiErrorOptions } from './lib/earshot-api-error.ts';
export { type Fetch } from './lib/fetch-with-retries.ts';
