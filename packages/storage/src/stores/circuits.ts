export type CircuitState = 'closed' | 'open' | 'half-open';

/** Attempts that ended within one part of the window. */
export interface CircuitCounts {
  readonly startedAtMs: number;
  readonly attemptCount: number;
  readonly failureCount: number;
}

/** The circuit of an endpoint as all publishers see it. */
export interface StoredCircuit {
  readonly state: CircuitState;
  /** When it opened; kept over probes that fail, undefined while it is closed. */
  readonly openedAtMs: number | undefined;
  /** Nothing is sent before it; undefined while it is closed. */
  readonly nextProbeAtMs: number | undefined;
  /** How often it opened since it was closed last. */
  readonly openedCount: number;
  readonly connectionFailuresInRow: number;
  readonly counts: readonly CircuitCounts[];
}

export interface CircuitStore {
  /** The circuits of these endpoints by endpoint id; one that never had to be written is not among them: it is closed. */
  read(tenantId: string, endpointIds: readonly string[]): Promise<ReadonlyMap<string, StoredCircuit>>;

  /**
   * Changes a circuit under its row's lock, one change at a time for all processes; `decide` answers undefined to leave
   * it as it is, has no effect outside, and may be called again. Answers what is stored then; undefined when the
   * endpoint is gone.
   */
  change(
    tenantId: string,
    endpointId: string,
    decide: (circuit: StoredCircuit) => StoredCircuit | undefined,
  ): Promise<StoredCircuit | undefined>;

  /** How many circuits of all tenants are open or half-open. */
  countNotClosed(): Promise<{ readonly open: number; readonly halfOpen: number }>;
}
