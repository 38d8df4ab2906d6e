import type { Clock } from '@earshot/domain';
import { isExportFormat, type ExportFormat } from '@earshot/export-files';
import type { ExportDay, ExportStore } from '@earshot/storage';
import { FEEDS, FORMATS, readDate, readHour, readToken, intervalOf, VERSIONS } from './feed.ts';

/** What is not there; `message` names what there is. */
export interface NotThere {
  readonly message: string;
}

interface Asked {
  readonly feed: string;
  readonly version?: string;
  readonly format?: string;
}

const NAMES_SHOWN_MAX = 12;

export function notThere(field: string, names: readonly string[]): NotThere {
  const more = names.length > NAMES_SHOWN_MAX ? ` and ${names.length - NAMES_SHOWN_MAX} more` : '';
  const shown = names.slice(-NAMES_SHOWN_MAX).join(', ');
  return {
    message: names.length === 0 ? `/${field}: there is none yet` : `/${field} must be one of ${shown}${more}`,
  };
}

/** The format asked for, or the first value that is not there. */
export function findFeed({
  feed,
  version,
  format,
}: Asked): { readonly format: ExportFormat | undefined } | NotThere {
  if (!FEEDS.includes(readToken(['feed'], feed))) return notThere('feed', FEEDS);
  if (version !== undefined && !VERSIONS.includes(readToken(['version'], version))) {
    return notThere('version', VERSIONS);
  }
  if (format === undefined) return { format: undefined };
  const found = readToken(['format'], format);
  return isExportFormat(found) ? { format: found } : notThere('format', FORMATS);
}

export interface DaysDeps {
  readonly exports: Pick<ExportStore, 'firstKeptDay' | 'listDays' | 'readDay'>;
  readonly clock: Clock;
}

/** Days of which something is handed out, in order: those that have expired are not, though they may not be erased yet. */
export async function listKeptDays(
  { exports, clock }: DaysDeps,
  tenantId: string,
): Promise<readonly string[]> {
  const first = await exports.firstKeptDay(tenantId, clock.now());
  return (await exports.listDays(tenantId)).filter((day) => day >= first);
}

export async function findDay(deps: DaysDeps, tenantId: string, date: string): Promise<ExportDay | NotThere> {
  const { exports, clock } = deps;
  const day = readDate(date);
  const isKept = day !== undefined && day >= (await exports.firstKeptDay(tenantId, clock.now()));
  const read = isKept ? await exports.readDay(tenantId, day) : undefined;
  if (read !== undefined && read.units.length > 0) return read;
  return notThere('date', await listKeptDays(deps, tenantId));
}

/** The hour of an interval that is there; `hour` is undefined where none was asked for. */
export function findInterval(
  { units }: ExportDay,
  interval: string | undefined,
): { readonly hour: number | undefined } | NotThere {
  if (interval === undefined) return { hour: undefined };
  const hour = readHour(interval);
  if (hour !== undefined && units.some((unit) => unit.hour === hour)) return { hour };
  return notThere('interval', intervalsOf(units));
}

export function intervalsOf(units: ExportDay['units']): readonly string[] {
  return units.flatMap(({ hour }) => (hour === undefined ? [] : [intervalOf(hour)]));
}
