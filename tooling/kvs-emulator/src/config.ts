import { parseFaultPlans } from './lib/faults/parse-fault-plan.ts';
import type { FaultPlan } from './lib/faults/fault.ts';

export interface EmulatorConfig {
  readonly host: string;
  readonly port: number;
  readonly faults: readonly FaultPlan[];
}

/**
 * Reads `HOST` (default 127.0.0.1), `PORT` (default 0, any free one) and the file that `KVS_FAULTS_FILE` names: a JSON
 * array of fault plans. Throws when the port is none, and for a plan that cannot be used, naming the place.
 */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): EmulatorConfig {
  const port = Number(env['PORT'] ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`Cannot start: PORT "${env['PORT'] ?? ''}" is not between 0 and 65535`);
  }
  const path = env['KVS_FAULTS_FILE'];
  const faults = path === undefined || path === '' ? [] : faultsIn(path, readFile);
  return { host: env['HOST'] ?? '127.0.0.1', port, faults };
}

function faultsIn(path: string, readFile: (path: string) => string): FaultPlan[] {
  try {
    return parseFaultPlans(JSON.parse(readFile(path)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot start: KVS_FAULTS_FILE ${path}: ${reason}`, { cause });
  }
}
