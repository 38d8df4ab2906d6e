import { ReadableStream } from 'node:stream/web';
import { EncodedPacketSink, Input, MATROSKA, ReadableStreamSource, type InputTrack } from 'mediabunny';
import type { BenchDemuxer, OnBlock } from './demuxer.ts';

export const mediabunny: BenchDemuxer = {
  name: 'mediabunny',
  async run(chunks, onBlock) {
    const stream = asDomStream(ReadableStream.from(chunks));
    using input = new Input({ source: new ReadableStreamSource(stream), formats: [MATROSKA] });
    const tracks = await input.getTracks();
    // All at once, since the stream cannot be read twice.
    await Promise.all(tracks.map((track) => readTrack(track, onBlock)));
  },
};

async function readTrack(track: InputTrack, onBlock: OnBlock): Promise<void> {
  for await (const packet of new EncodedPacketSink(track).packets()) onBlock(track.id, packet.data);
}

/** Node's web streams are those of the DOM's declarations, under another name. */
function asDomStream(stream: unknown): globalThis.ReadableStream<Uint8Array> {
  return stream as globalThis.ReadableStream<Uint8Array>;
}
