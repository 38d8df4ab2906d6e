import type { RetentionSettings } from '../../stores/retention.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';

/** Of tenants that never chose. */
export const RETENTION_DEFAULTS: RetentionSettings = { messagesDays: 7, deliveriesDays: 7, auditDays: 365 };

type OptionalDays = 'recordingsDays' | 'exportsDays';
type SettingsRow = Omit<RetentionSettings, OptionalDays> & Record<OptionalDays, number | null>;

export async function readRetentionSettings(
  database: Database,
  tenantId: string,
): Promise<RetentionSettings> {
  const [row] = await database.run<SettingsRow>(
    'read retention settings',
    `select messages_days as "messagesDays", deliveries_days as "deliveriesDays", audit_days as "auditDays",
       recordings_days as "recordingsDays", exports_days as "exportsDays"
     from retention_settings where tenant_id = $1`,
    [tenantId],
  );
  if (row === undefined) return RETENTION_DEFAULTS;
  const { recordingsDays, exportsDays, ...settings } = row;
  return {
    ...settings,
    ...(recordingsDays === null ? {} : { recordingsDays }),
    ...(exportsDays === null ? {} : { exportsDays }),
  };
}

export async function writeRetentionSettings(
  database: Database,
  tenantId: string,
  settings: RetentionSettings,
  atMs: number,
): Promise<void> {
  await database.run(
    'store retention settings',
    `insert into retention_settings
       (tenant_id, messages_days, deliveries_days, audit_days, recordings_days, exports_days, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id) do update set messages_days = excluded.messages_days,
       deliveries_days = excluded.deliveries_days, audit_days = excluded.audit_days,
       recordings_days = excluded.recordings_days, exports_days = excluded.exports_days,
       updated_at = excluded.updated_at`,
    [
      tenantId,
      settings.messagesDays,
      settings.deliveriesDays,
      settings.auditDays,
      settings.recordingsDays ?? null,
      settings.exportsDays ?? null,
      instant(atMs),
    ],
  );
}
