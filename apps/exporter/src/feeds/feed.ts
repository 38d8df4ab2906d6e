import { EXPORT_FORMATS, type ExportFormat } from '@earshot/export-files';
import { isDay } from './utc-day.ts';

export const FEEDS: readonly string[] = ['utterances'];
export const VERSIONS: readonly string[] = ['1'];
export { EXPORT_FORMATS as FORMATS };

/** As listed: `hr=13`. */
export function intervalOf(hour: number): string {
  return `hr=${String(hour).padStart(2, '0')}`;
}

export function fileNameOf(unit: {
  readonly day: string;
  readonly hour: number | undefined;
  readonly revision: number;
  readonly format: ExportFormat;
}): string {
  const hour = unit.hour === undefined ? '' : `-hr${String(unit.hour).padStart(2, '0')}`;
  const revision = unit.revision === 1 ? '' : `-r${unit.revision}`;
  return `utterances-${unit.day}${hour}${revision}.${unit.format}`;
}

/** Values come back as they were listed, or as the partition that a warehouse made of them: `dt=2026-11-22`. */
export function readToken(names: readonly string[], text: string): string {
  const prefix = names.map((name) => `${name}=`).find((start) => text.startsWith(start));
  return prefix === undefined ? text : text.slice(prefix.length);
}

/** The hour of `hr=13` or `13`; undefined for anything else. */
export function readHour(text: string): number | undefined {
  const digits = readToken(['hr'], text);
  return /^([01]\d|2[0-3])$/.test(digits) ? Number(digits) : undefined;
}

export function readDate(text: string): string | undefined {
  const day = readToken(['dt', 'date'], text);
  return isDay(day) ? day : undefined;
}
