import type { FaultKindInfo } from './fault-catalogue.ts';
import { hint } from './fault-option.ts';
import type { Strike } from './fault-service.ts';

const STRIKES_SHOWN_MAX = 20;

/** The catalogue as lines: a fault each, its settings below. */
export function catalogueLines(catalogue: readonly FaultKindInfo[]): string[] {
  const width = Math.max(...catalogue.map(({ kind }) => kind.length));
  const lines = catalogue.flatMap(({ kind, layer, description, parameters }) => {
    const settings = parameters.map((parameter) => {
      const otherwise = parameter.default === undefined ? 'needed' : `default ${parameter.default}`;
      return `${parameter.name}=${hint(parameter)} (${otherwise})`;
    });
    if (layer === 'fragment') settings.push('every=N [offset=N] or ordinals=3+4 (needed)');
    const first = `${kind.padEnd(width)}  ${layer.padEnd(8)}  ${description}`;
    return [first, ...settings.map((setting) => `${' '.repeat(width + 12)}  ${setting}`)];
  });
  return [...lines, '', 'Fragments are counted from 0 since the stream was made.'];
}

/** What struck, at most 20 lines, then a count by kind. */
export function strikeLines(strikes: readonly Strike[]): string[] {
  if (strikes.length === 0) {
    return ['no fault struck: faults strike those who read the stream, and only what they read'];
  }
  const shown = strikes.slice(0, STRIKES_SHOWN_MAX).map(({ atMs, kind, operation, ordinal, atByte }) => {
    const at = new Date(atMs).toISOString().slice(11, 23);
    const fragment = ordinal === undefined ? '' : `  fragment ${ordinal}`;
    const byte = atByte === undefined ? '' : `  at byte ${atByte}`;
    return `struck  ${at}  ${kind}  ${operation}${fragment}${byte}`;
  });
  const rest = strikes.length - shown.length;
  return [
    ...shown,
    ...(rest > 0 ? [`struck  ... and ${rest} more`] : []),
    `faults struck: ${countsOf(strikes)}`,
  ];
}

/** `cut 1, damage 4`. */
export function countsOf(strikes: readonly Strike[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of strikes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
}
