import { Demuxer, type DemuxerOptions } from './lib/demuxer.ts';
import type { MatroskaEvent } from './lib/matroska-event.ts';

/** All events of a whole stream, written in chunks of `chunkBytes` (default: one chunk). */
export function readEvents(
  bytes: Uint8Array,
  { chunkBytes = Infinity, ...options }: DemuxerOptions & { readonly chunkBytes?: number } = {},
): MatroskaEvent[] {
  const demuxer = new Demuxer(options);
  const events: MatroskaEvent[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    events.push(...demuxer.write(bytes.subarray(at, at + chunkBytes)));
  }
  events.push(...demuxer.finish());
  return events;
}

/** The events of one type, in order. */
export function eventsOfType<Type extends MatroskaEvent['type']>(
  events: readonly MatroskaEvent[],
  type: Type,
): Extract<MatroskaEvent, { type: Type }>[] {
  const isOfType = (event: MatroskaEvent): event is Extract<MatroskaEvent, { type: Type }> =>
    event.type === type;
  return events.filter(isOfType);
}
