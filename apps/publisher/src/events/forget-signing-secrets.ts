import type { Clock } from '@earshot/domain';
import type { EndpointStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';

export interface ForgetSecretsDeps {
  readonly endpoints: Pick<EndpointStore, 'forgetSigningSecrets'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Clocks of publishers may differ by this, and messages under way are signed already. */
const KEPT_AFTER_END_MS = 300_000;
const ENDPOINTS_PER_STATEMENT = 100;
const STATEMENTS_MAX = 100;

/** Removes signing secrets that were rotated away, once nobody signs with them any more. */
export async function forgetSigningSecrets({ endpoints, clock, logger }: ForgetSecretsDeps): Promise<void> {
  const atMs = clock.now();
  let forgottenCount = 0;
  for (let statements = 0; statements < STATEMENTS_MAX; statements += 1) {
    const limit = ENDPOINTS_PER_STATEMENT;
    const count = await endpoints.forgetSigningSecrets({
      endedBeforeMs: atMs - KEPT_AFTER_END_MS,
      atMs,
      limit,
    });
    forgottenCount += count;
    if (count < limit) break;
  }
  if (forgottenCount > 0) logger.info('endpoint.secrets-forgotten', { forgottenCount });
}
