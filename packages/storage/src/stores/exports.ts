/** One file of a unit. Its name and its bytes belong together for ever. */
export interface ExportFile {
  readonly format: string;
  readonly fileName: string;
  /** Where the object store has it. */
  readonly objectKey: string;
  readonly rowCount: number;
  readonly byteCount: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The whole day, or one hour of it. */
export interface BuiltExportUnit {
  /** 0 to 23; undefined for the day. */
  readonly hour: number | undefined;
  /** 1, 2, 3 ...: another one where the rows were others than before. */
  readonly revision: number;
  /** What was stored before this instant is in the files. */
  readonly closedAtMs: number;
  readonly rowCount: number;
  /** Of them, those stored after the revision before was closed. */
  readonly lateRowCount: number;
  readonly files: readonly ExportFile[];
}

export interface ExportUnit extends BuiltExportUnit {
  readonly builtAtMs: number;
}

/** A day of a tenant, `2026-11-22` in UTC, as far as it was built. */
export interface ExportDay {
  readonly tenantId: string;
  readonly day: string;
  readonly isBuilding: boolean;
  /** Of the build under way, or of the last one. */
  readonly rowsWritten: number;
  /** Hours of which a unit is there, from the first on. */
  readonly hoursBuilt: number;
  /** Since when the whole day is there; undefined until then. */
  readonly closedAtMs: number | undefined;
  readonly rebuildRequestedAtMs: number | undefined;
  /** The requested rebuild leaves nothing of what was there before. */
  readonly rebuildPurges: boolean;
  /** Utterances of a closed day were stored after it was closed. */
  readonly hasLate: boolean;
  /** The newest revision of each, the day first. */
  readonly units: readonly ExportUnit[];
}

export interface DueExportDay {
  readonly tenantId: string;
  readonly day: string;
}

/** The right to build a day, until it is released or its lease has run out. */
export interface ExportClaim extends DueExportDay {
  readonly epoch: number;
}

export interface ExportStore {
  /**
   * Days to build, the earliest first, without those that somebody builds: every day up to `throughDay` since the
   * first one there is, each at most once (of those before `emptyFromDay` only days with utterances); days with late
   * utterances stored before `storedBeforeMs`; requested ones; days of which fewer `hours` were built than are over.
   * None that has expired at `nowMs`, and of those that had been erased only requested ones.
   */
  listDue(query: {
    nowMs: number;
    throughDay: string;
    emptyFromDay: string;
    storedBeforeMs: number;
    hours: readonly { readonly day: string; readonly count: number }[];
    limit: number;
  }): Promise<readonly DueExportDay[]>;
  /** `undefined` while another builder has the day. Leases run by the clock of the database. */
  claim(day: DueExportDay, leaseMs: number): Promise<ExportClaim | undefined>;
  /** `false` when the lease was lost: stop. */
  extend(claim: ExportClaim, progress: { leaseMs: number; rowsWritten: number }): Promise<boolean>;
  /** Makes a unit the one that is handed out; files of revisions before are superseded. `false` when the lease was lost. */
  saveUnit(claim: ExportClaim, unit: BuiltExportUnit, atMs: number): Promise<boolean>;
  /** Ends a claim. What the build did not get done is left out. `false` when the lease was lost. */
  release(
    claim: ExportClaim,
    done: { hoursBuilt?: number; closedAtMs?: number; rebuildRequestedAtMs?: number | undefined },
  ): Promise<boolean>;
  /**
   * Asks for a rebuild of a day, also of one that was never built. `purge`: nothing of earlier revisions may be left,
   * as after a deletion.
   */
  requestRebuild(day: DueExportDay, request: { atMs: number; purge: boolean }): Promise<void>;
  /** Days of which something is there, in order. */
  listDays(tenantId: string): Promise<readonly string[]>;
  readDay(tenantId: string, day: string): Promise<ExportDay | undefined>;
  /** Also one that was superseded and is still there. */
  findFile(
    tenantId: string,
    day: string,
    fileName: string,
  ): Promise<(ExportFile & { readonly hour: number | undefined }) | undefined>;
  /** Keys of the objects a day has rows of; what else lies in its folder is left over from a build that broke off. */
  listObjectKeys(tenantId: string, day: string): Promise<readonly string[]>;
  listSuperseded(query: {
    supersededBeforeMs: number;
    day?: DueExportDay;
    limit: number;
  }): Promise<readonly string[]>;
  forgetFiles(objectKeys: readonly string[]): Promise<void>;
  /** The first day whose files are kept, `2026-11-22`. Those before it have expired: nobody builds them or is given them. */
  firstKeptDay(tenantId: string, nowMs: number): Promise<string>;
  /**
   * Days to erase, because they have expired or an erasure did not come to its end, without those that somebody builds
   * or erases; those that were tried before come last.
   */
  listExpired(query: { nowMs: number; limit: number }): Promise<readonly DueExportDay[]>;
  /**
   * The right to erase a day, which is handed out to nobody from then on: delete its objects, then forget it. `undefined` while
   * somebody has the day, and where it is kept.
   */
  claimExpired(
    day: DueExportDay,
    claim: { nowMs: number; leaseMs: number },
  ): Promise<ExportClaim | undefined>;
  /** Removes all rows of a day that was claimed for it. `false` when the lease was lost. */
  forgetDay(claim: ExportClaim): Promise<boolean>;
}
