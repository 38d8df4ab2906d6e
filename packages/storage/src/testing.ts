export { SAMPLE_ENDPOINT_ID, sampleEndpoint } from './testing/sample-endpoint.ts';
export { sampleSession, sampleStream } from './testing/sample-session.ts';
