export {
  createEarshotClient,
  type EarshotClient,
  type EarshotClientOptions,
} from './lib/create-earshot-client.ts';
export { EarshotApiError, type EarshotApiErrorOptions } from './lib/earshot-api-error.ts';
export { type FollowEvent, type FollowOptions } from './lib/follow-call.ts';
export { type RedactionCalls } from './lib/redaction-calls.ts';
export { type Fetch } from './lib/try-once.ts';
