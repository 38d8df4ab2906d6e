export { unroutedRefusal } from './lib/allowed-methods.ts';
export type { AppEnv, Refusal } from './lib/app-env.ts';
export { requireScope, type KeyLookup } from './lib/authenticate-request.ts';
export { type ByteRange } from './lib/byte-range.ts';
export { jsonBody, queryParams, type JsonBody, type QueryParams } from './lib/checked-input.ts';
export { createApp, type AppOptions } from './lib/create-app.ts';
export { cutConnection } from './lib/cut-connection.ts';
export { isTagNamed } from './lib/entity-tag.ts';
export { ERROR_STYLES, type ErrorStyle } from './lib/error-style.ts';
export { healthRoute, type ReadyCheck } from './lib/internal-routes.ts';
export { type ErrorCodeTable } from './lib/map-error.ts';
export {
  planFileAnswer,
  type FileAnswer,
  type FileRequest,
  type ServedFile,
} from './lib/plan-file-answer.ts';
export { BODY_BYTES_MAX } from './lib/read-body.ts';
export { refuse } from './lib/refuse.ts';
export { runApp, type RunningApp } from './lib/run-app.ts';
export { serve, type Fetchable, type RunningServer, type ServeOptions } from './lib/serve.ts';
export { type RateLimit } from './lib/token-bucket.ts';
