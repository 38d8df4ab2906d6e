import type { BenchDemuxer } from './demuxer.ts';

/** Gives every chunk as if it were a block: what reading alone costs. */
export const rawRead: BenchDemuxer = {
  name: 'raw-read',
  async run(chunks, onBlock) {
    for await (const chunk of chunks) onBlock(0, chunk);
  },
};
