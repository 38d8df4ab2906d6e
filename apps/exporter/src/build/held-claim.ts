import { AppError } from '@earshot/domain';
import type { ExportClaim, ExportStore } from '@earshot/storage';

export interface HeldClaim {
  /** Fires when the lease was lost, or the builder closes. */
  readonly signal: AbortSignal;
  release(): void;
}

export interface HoldOptions {
  readonly leaseMs: number;
  readonly rowsWritten: () => number;
  readonly signal: AbortSignal;
}

/** Extends the lease of a claim three times in its length, and tells when that fails. */
export function holdClaim(
  exports: Pick<ExportStore, 'extend'>,
  claim: ExportClaim,
  { leaseMs, rowsWritten, signal }: HoldOptions,
): HeldClaim {
  const lost = new AbortController();
  const giveUp = (cause?: unknown): void => lost.abort(leaseLost(cause));
  const beat = async (): Promise<void> => {
    if (!(await exports.extend(claim, { leaseMs, rowsWritten: rowsWritten() }))) giveUp();
  };
  const timer = setInterval(() => void beat().catch(giveUp), leaseMs / 3);
  return { signal: AbortSignal.any([signal, lost.signal]), release: () => clearInterval(timer) };
}

export function leaseLost(cause?: unknown): AppError {
  const message = 'Cannot go on building: the lease was lost';
  return new AppError('export.lease-lost', message, { retryable: true, cause });
}
