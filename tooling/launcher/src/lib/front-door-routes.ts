export type AppName = 'gateway' | 'ingest' | 'publisher' | 'messages' | 'exporter';

/** Which app answers which paths. What is not listed goes to the gateway, whose 404 has the contract's shape. */
const ROUTES: readonly { prefix: string; app: AppName }[] = [
  { prefix: '/mg-autotranscribe', app: 'gateway' },
  { prefix: '/configuration', app: 'gateway' },
  { prefix: '/v1/health', app: 'gateway' },
  { prefix: '/earshot/v1/calls', app: 'gateway' },
  { prefix: '/earshot/v1/endpoints', app: 'gateway' },
  { prefix: '/earshot/v1/keys', app: 'gateway' },
  { prefix: '/conversation', app: 'messages' },
  { prefix: '/earshot/v1/conversations', app: 'messages' },
  { prefix: '/earshot/v1/customers', app: 'messages' },
  { prefix: '/earshot/v1/erasures', app: 'messages' },
  { prefix: '/earshot/v1/retention', app: 'messages' },
  { prefix: '/fileexporter', app: 'exporter' },
  { prefix: '/earshot/v1/exports', app: 'exporter' },
  { prefix: '/earshot/v1/deliveries', app: 'publisher' },
  { prefix: '/earshot/v1/events', app: 'publisher' },
];

/** What is read rather than kept by the gateway though it stands under a call's path. */
const READ_OF_CALL = /^\/earshot\/v1\/calls\/[^/]+\/(?:live|recordings?)\/?$/;

/** What is done to an endpoint by the app that sends to it. */
const ENDPOINT_SENDING = /^\/earshot\/v1\/endpoints\/[^/]+\/(?:test|replay)\/?$/;

/** The app for a request target such as `/conversation/v1/x?limit=5`. */
export function appForTarget(target: string): AppName {
  const path = target.split('?', 1).join('');
  if (READ_OF_CALL.test(path)) return 'messages';
  if (ENDPOINT_SENDING.test(path)) return 'publisher';
  const found = ROUTES.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  return found?.app ?? 'gateway';
}
