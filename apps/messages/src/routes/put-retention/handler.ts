import type { RetentionSettings } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';

export interface PutRetentionDeps {
  readonly retention: Pick<RetentionStore, 'putSettings'>;
  readonly clock: Clock;
}

/** PUT /earshot/v1/retention */
export function putRetention({ retention, clock }: PutRetentionDeps) {
  return async (c: Context<AppEnv, string, JsonBody<RetentionSettings>>) => {
    const { messagesDays, deliveriesDays, auditDays, recordingsDays, exportsDays } = c.req.valid('json');
    const settings: RetentionSettings = {
      messagesDays,
      deliveriesDays,
      auditDays,
      ...(recordingsDays === undefined ? {} : { recordingsDays }),
      ...(exportsDays === undefined ? {} : { exportsDays }),
    };
    await retention.putSettings(c.get('key').tenantId, settings, clock.now());
    return c.json(settings);
  };
}
