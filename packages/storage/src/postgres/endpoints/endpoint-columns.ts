import type { Endpoint, EndpointFields, NewEndpointFields } from '../../stores/endpoints.ts';
import { json } from '../column-types.ts';

/** Each field that its owner decides, with its column. */
const FIELD_COLUMNS = [
  ['name', 'name'],
  ['url', 'url'],
  ['enabled', 'enabled'],
  ['policy', 'policy'],
  ['pendingMax', 'pending_max'],
  ['pendingAgeMaxMs', 'pending_age_max_ms'],
  ['timeoutMs', 'timeout_ms'],
  ['auth', 'auth'],
  ['partials', 'partials'],
  ['headOfLine', 'head_of_line'],
  ['skipAfterAttempts', 'skip_after_attempts'],
  ['inFlightMax', 'in_flight_max'],
  ['ratePerSecondMax', 'rate_per_second_max'],
  ['operationalEvents', 'operational_events'],
] as const satisfies readonly (readonly [keyof EndpointFields, keyof EndpointRow])[];

const DEFAULTS = {
  headOfLine: 'block',
  skipAfterAttempts: 5,
  inFlightMax: undefined,
  ratePerSecondMax: undefined,
  operationalEvents: false,
} as const;

export interface EndpointRow {
  tenant_id: string;
  app_id: string;
  endpoint_id: string;
  name: string;
  url: string;
  enabled: boolean;
  state_reason: string | null;
  policy: Endpoint['policy'];
  pending_max: number;
  pending_age_max_ms: number;
  timeout_ms: number;
  auth: Endpoint['auth'];
  partials: boolean;
  head_of_line: Endpoint['headOfLine'];
  skip_after_attempts: number;
  in_flight_max: number | null;
  rate_per_second_max: number | null;
  operational_events: boolean;
  paused_at: number | null;
  created_at: number;
  updated_at: number;
}

export const ENDPOINT_COLUMNS = [
  'tenant_id',
  'app_id',
  'endpoint_id',
  ...FIELD_COLUMNS.map(([, column]) => column),
  'state_reason',
  'paused_at',
  'created_at',
  'updated_at',
].join(', ');

/** Columns with their values, in the same order. */
export interface ColumnValues {
  readonly columns: readonly string[];
  readonly values: readonly unknown[];
}

/** Every column of a new endpoint. */
export function newColumnValues(fields: NewEndpointFields): ColumnValues {
  return changedColumnValues({ ...DEFAULTS, ...fields });
}

/** Only what is given; a limit given as undefined is taken away. */
export function changedColumnValues(fields: Partial<EndpointFields>): ColumnValues {
  const given = FIELD_COLUMNS.filter(([name]) => name in fields);
  return {
    columns: given.map(([, column]) => column),
    values: given.map(([name]) => (name === 'auth' ? json(fields.auth) : (fields[name] ?? null))),
  };
}

export function toEndpoint(row: EndpointRow): Endpoint {
  return {
    tenantId: row.tenant_id,
    appId: row.app_id,
    endpointId: row.endpoint_id,
    name: row.name,
    url: row.url,
    enabled: row.enabled,
    stateReason: row.state_reason ?? undefined,
    policy: row.policy,
    pendingMax: row.pending_max,
    pendingAgeMaxMs: row.pending_age_max_ms,
    timeoutMs: row.timeout_ms,
    auth: row.auth,
    partials: row.partials,
    headOfLine: row.head_of_line,
    skipAfterAttempts: row.skip_after_attempts,
    inFlightMax: row.in_flight_max ?? undefined,
    ratePerSecondMax: row.rate_per_second_max ?? undefined,
    operationalEvents: row.operational_events,
    pausedAtMs: row.paused_at ?? undefined,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  };
}
