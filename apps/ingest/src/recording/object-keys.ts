import { recordingFolder } from '@earshot/storage/objects';

interface SessionPlace {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly sessionId: string;
}

export function recordingKey(place: SessionPlace): string {
  return `${recordingFolder(place)}/recording.mkv`;
}

interface PartPlace {
  readonly fromMs: number;
  readonly leaseEpoch: number;
  /** A try whose answer was lost may have left a row: the next one never writes over its object. */
  readonly attempt: number;
}

export function partKey(place: SessionPlace, { fromMs, leaseEpoch, attempt }: PartPlace): string {
  return `${recordingFolder(place)}/parts/${fromMs}-${leaseEpoch}-${attempt}`;
}
