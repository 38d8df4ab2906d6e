export { createCanary, type Canary, type CanarySink } from './lib/canary.ts';
export { runMain, type RunningApp } from './lib/running-app.ts';
export { createTestDatabase, testRedisUrl, type TestDatabase } from './lib/test-database.ts';
export { startTestServices, type TestServices, type TestServicesOptions } from './lib/test-services.ts';
export {
  startWebhookReceiver,
  type ReceivedRequest,
  type ReceiverAnswer,
  type WebhookReceiver,
  type WebhookReceiverOptions,
} from './lib/webhook-receiver.ts';
