import { ERROR_CODES } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import { refuse, type AppEnv } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';
import { isExternalId } from '../../retention/external-id.ts';
import { presentHold } from './present-hold.ts';

export interface PlaceHoldDeps {
  readonly retention: Pick<RetentionStore, 'placeHold'>;
  readonly clock: Clock;
}

/** PUT /earshot/v1/conversations/{externalId}/hold */
export function placeHold({ retention, clock }: PlaceHoldDeps) {
  return async (c: Context<AppEnv>) => {
    const externalId = c.req.param('externalId') ?? '';
    const { tenantId, apiId: placedBy } = c.get('key');
    const hold = isExternalId(externalId)
      ? await retention.placeHold({ tenantId, externalId, placedBy, atMs: clock.now() })
      : undefined;
    if (hold === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No conversation with this externalId' });
    }
    return c.json(presentHold(hold));
  };
}
