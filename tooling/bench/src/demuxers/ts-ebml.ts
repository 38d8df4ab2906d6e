import tsEbmlModule from 'ts-ebml';
import type { BenchDemuxer } from './demuxer.ts';

const { Decoder, tools } = tsEbmlModule;

export const tsEbml: BenchDemuxer = {
  name: 'ts-ebml',
  async run(chunks, onBlock) {
    const decoder = new Decoder();
    for await (const chunk of chunks) {
      for (const element of decoder.decode(asDecoderInput(chunk))) {
        if (element.name !== 'SimpleBlock' || element.type !== 'b') continue;
        const block = tools.ebmlBlock(element.data);
        for (const frame of block.frames) onBlock(block.trackNumber, frame);
      }
    }
  },
};

/** Declared as ArrayBuffer; it is handed to `Buffer.from`, which takes views as well. */
function asDecoderInput(chunk: Uint8Array): ArrayBuffer {
  return chunk as unknown as ArrayBuffer;
}
