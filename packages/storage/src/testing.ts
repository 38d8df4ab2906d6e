export { SAMPLE_ENDPOINT_ID, sampleEndpoint } from './testing/sample-endpoint.ts';
export { sampleSession, sampleStream } from './testing/sample-session.ts';
export { SAMPLE_SETTINGS } from './testing/sample-settings.ts';
export { sampleStart } from './testing/sample-start.ts';
