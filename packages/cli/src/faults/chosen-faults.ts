import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from '../verb.ts';
import { parseFaultOption } from './fault-option.ts';
import { isRecord, type FaultService } from './fault-service.ts';

/** Options of every verb that can play with faults. */
export const FAULT_OPTIONS = {
  fault: { type: 'string', multiple: true },
  faults: { type: 'string' },
} as const;

export interface FaultValues {
  readonly fault?: readonly string[] | undefined;
  readonly faults?: string | undefined;
}

/** Faults of the file, then those of `--fault`; none were chosen when it is empty. The emulator checks what the file says. */
export async function chosenFaults(
  values: FaultValues,
  cwd: string,
  service: FaultService,
): Promise<readonly unknown[]> {
  const fromFile = values.faults === undefined ? [] : await faultsOfFile(resolve(cwd, values.faults));
  const options = values.fault ?? [];
  if (options.length === 0) return fromFile;
  const catalogue = await service.catalogue();
  return [...fromFile, ...options.map((text) => parseFaultOption(text, catalogue))];
}

/** A JSON array of faults, or a plan that holds one under `faults`. */
async function faultsOfFile(path: string): Promise<readonly unknown[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CliError(`Cannot read ${path}: is the path right`, { cause });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliError(`Cannot use ${path}: it is not JSON`, { cause });
  }
  const faults = isRecord(value) ? value['faults'] : value;
  if (Array.isArray(faults)) return faults;
  throw new CliError(
    `Cannot use ${path}: expected [{"kind": "cut", "afterBytes": 200000}] or {"faults": [...]}`,
  );
}
