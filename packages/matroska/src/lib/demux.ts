import { Demuxer, type DemuxerOptions } from './demuxer.ts';
import type { MatroskaEvent } from './matroska-event.ts';

/**
 * Reads a source to its end. The next chunk is asked for only when the events of the last one were taken,
 * so a slow consumer slows the source. Errors of the source pass through unchanged.
 */
export async function* demux(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: DemuxerOptions = {},
): AsyncGenerator<MatroskaEvent, void, undefined> {
  const demuxer = new Demuxer(options);
  // Not `yield*`: that would make a promise of each event of the synchronous generator first.
  for await (const chunk of source) for (const event of demuxer.write(chunk)) yield event;
  for (const event of demuxer.finish()) yield event;
}
