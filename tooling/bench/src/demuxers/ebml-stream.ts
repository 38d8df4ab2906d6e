import { once } from 'node:events';
import ebmlStreamModule from 'ebml-stream';
import type { BenchDemuxer } from './demuxer.ts';

const { EbmlStreamDecoder, SimpleBlock } = ebmlStreamModule;

export const ebmlStream: BenchDemuxer = {
  name: 'ebml-stream',
  async run(chunks, onBlock) {
    const decoder = new EbmlStreamDecoder();
    decoder.on('data', (tag: unknown) => {
      if (tag instanceof SimpleBlock) onBlock(tag.track, tag.payload);
    });
    const ended = once(decoder, 'end');
    for await (const chunk of chunks) if (!decoder.write(chunk)) await once(decoder, 'drain');
    decoder.end();
    await ended;
  },
};
