import type { CircuitStore, StoredCircuit } from '../../stores/circuits.ts';
import { instant, json } from '../column-types.ts';
import type { Database } from '../database.ts';

const COLUMNS = `endpoint_id as "endpointId", state, opened_at as "openedAt", next_probe_at as "nextProbeAt",
  opened_count as "openedCount", connection_failures_in_row as "connectionFailuresInRow", counts`;

const READ = {
  name: 'read-circuits',
  text: `select ${COLUMNS} from circuits where tenant_id = $1 and endpoint_id = any($2)`,
};

/** Nothing is inserted for an endpoint that is gone. */
const ENSURE = `insert into circuits
  (tenant_id, endpoint_id, state, opened_count, connection_failures_in_row, counts)
select tenant_id, endpoint_id, 'closed', 0, 0, '[]' from endpoints where tenant_id = $1 and endpoint_id = $2
on conflict do nothing`;

const LOCK = `select ${COLUMNS} from circuits where tenant_id = $1 and endpoint_id = $2 for no key update`;

const WRITE = `update circuits set state = $3, opened_at = $4, next_probe_at = $5, opened_count = $6,
  connection_failures_in_row = $7, counts = $8::jsonb
where tenant_id = $1 and endpoint_id = $2`;

interface CircuitRow {
  endpointId: string;
  state: StoredCircuit['state'];
  openedAt: number | null;
  nextProbeAt: number | null;
  openedCount: number;
  connectionFailuresInRow: number;
  counts: StoredCircuit['counts'];
}

export function createCircuitStore(database: Database): CircuitStore {
  return {
    async read(tenantId, endpointIds) {
      const rows = await database.run<CircuitRow>('read circuits', READ, [tenantId, endpointIds]);
      return new Map(rows.map((row) => [row.endpointId, toCircuit(row)]));
    },
    change: (tenantId, endpointId, decide) =>
      database.transaction('change a circuit', async (session) => {
        const key = [tenantId, endpointId];
        let [row] = await session.rows<CircuitRow>(LOCK, key);
        if (row === undefined) {
          await session.rows(ENSURE, key);
          [row] = await session.rows<CircuitRow>(LOCK, key);
        }
        if (row === undefined) return undefined;
        const current = toCircuit(row);
        const changed = decide(current);
        if (changed === undefined) return current;
        await session.rows(WRITE, [...key, ...valuesOf(changed)]);
        return changed;
      }),
    async countNotClosed() {
      const [row] = await database.run<{ open: number; halfOpen: number }>(
        'count open circuits',
        `select count(*) filter (where state = 'open') as open, count(*) filter (where state = 'half-open') as "halfOpen"
         from circuits where state <> 'closed'`,
        [],
      );
      return { open: row?.open ?? 0, halfOpen: row?.halfOpen ?? 0 };
    },
  };
}

function valuesOf(circuit: StoredCircuit): unknown[] {
  return [
    circuit.state,
    instant(circuit.openedAtMs),
    instant(circuit.nextProbeAtMs),
    circuit.openedCount,
    circuit.connectionFailuresInRow,
    json(circuit.counts),
  ];
}

function toCircuit(row: CircuitRow): StoredCircuit {
  return {
    state: row.state,
    openedAtMs: row.openedAt ?? undefined,
    nextProbeAtMs: row.nextProbeAt ?? undefined,
    openedCount: row.openedCount,
    connectionFailuresInRow: row.connectionFailuresInRow,
    counts: row.counts,
  };
}
