import { createRequire } from 'node:module';
import type { Transform } from 'node:stream';
import { once } from 'node:events';
import type { BenchDemuxer } from './demuxer.ts';

export const ebml: BenchDemuxer = {
  name: 'ebml',
  async run(chunks, onBlock) {
    const decoder = newDecoder();
    decoder.on('data', ([event, tag]: EbmlEvent) => {
      if (event === 'tag' && tag.name === 'SimpleBlock') onBlock(tag.track, tag.payload);
    });
    const ended = once(decoder, 'end');
    for await (const chunk of chunks) if (!decoder.write(chunk)) await once(decoder, 'drain');
    decoder.end();
    await ended;
  },
};

/** Of the names, only `tag` is of interest. */
type EbmlEvent = readonly [
  name: string,
  tag: { readonly name: string; readonly track: number; readonly payload: Uint8Array },
];

/** The library ships no types: this is what is used of it. */
function newDecoder(): Transform {
  const { Decoder } = createRequire(import.meta.url)('ebml') as { readonly Decoder: new () => Transform };
  return new Decoder();
}
