export { type CallEndpointer, type CreateEndpointer } from './call-track.ts';
export { parseConfig, type IngestConfig } from './config.ts';
export { type IngestOverrides } from './deps.ts';
export { startIngest } from './start-ingest.ts';
