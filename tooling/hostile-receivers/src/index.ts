export {
  accept,
  acceptAfter,
  answer,
  answerLong,
  hangAfterHead,
  inTurn,
  METADATA_URL,
  redirectTo,
  resetBeforeAnswer,
  resetInBody,
  staySilent,
  type Behaviour,
} from './lib/behaviours.ts';
export { startConnectionTrap, type ConnectionTrap } from './lib/connection-trap.ts';
export { startHostileDnsServer, type HostileDnsServer } from './lib/dns-server.ts';
export {
  startHostileReceiver,
  type HostileReceiver,
  type HostileReceiverOptions,
  type HostileRequest,
} from './lib/hostile-receiver.ts';
export { createHostileTls, identityOf, type HostileTls } from './lib/hostile-tls.ts';
export {
  startHostileTokenServer,
  type HostileTokenServer,
  type HostileTokenServerOptions,
} from './lib/token-server.ts';
