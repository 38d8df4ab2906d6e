import type { CutState, OpenSpeech } from './cut-machine.ts';
import { speechError } from './speech-error.ts';

/** JSON-safe. Goes on exactly where it was taken once the audio from `anchorSample` on is pushed again. */
export interface EndpointerSnapshot {
  readonly version: 1;
  readonly anchorSample: number;
  readonly cut: CutState;
  /** One past the last sample the detector has heard; the energy gate spares it some. */
  readonly heardSample: number;
  readonly gateOpenUntilSample: number;
  /** The detector's memory, base64. */
  readonly voiceActivity: string;
}

/** Reads a snapshot that was stored as JSON. Throws `speech.snapshot-invalid` where it is not one of ours. */
export function parseEndpointerSnapshot(value: unknown): EndpointerSnapshot {
  const fields = record(value, 'snapshot');
  const cut = record(fields['cut'], 'cut');
  if (fields['version'] !== 1) throw invalid('version');
  return {
    version: 1,
    anchorSample: sample(fields, 'anchorSample'),
    cut: {
      processedSample: sample(cut, 'processedSample'),
      floorSample: sample(cut, 'floorSample'),
      open: cut['open'] === null ? null : parseOpen(record(cut['open'], 'open')),
    },
    heardSample: sample(fields, 'heardSample'),
    gateOpenUntilSample: sample(fields, 'gateOpenUntilSample'),
    voiceActivity: text(fields, 'voiceActivity'),
  };
}

function parseOpen(open: Record<string, unknown>): OpenSpeech {
  return {
    startSample: sample(open, 'startSample'),
    decodeStartSample: sample(open, 'decodeStartSample'),
    endSample: sample(open, 'endSample'),
    speechSamples: sample(open, 'speechSamples'),
  };
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw invalid(name);
  return Object.fromEntries(Object.entries(value));
}

function sample(fields: Record<string, unknown>, name: string): number {
  const value = fields[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(name);
}

function text(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  if (typeof value === 'string') return value;
  throw invalid(name);
}

function invalid(field: string): Error {
  return speechError(
    'speech.snapshot-invalid',
    `Cannot read endpointer snapshot: ${field} is missing or malformed`,
  );
}
