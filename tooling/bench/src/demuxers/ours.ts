import { demux, Demuxer, type DemuxerOptions, type MatroskaEvent } from '@earshot/matroska';
import type { BenchDemuxer, OnBlock } from './demuxer.ts';

export const ours = pushing('ours');
/** Every block held until what follows proves it. */
export const oursConfirmed = pushing('ours-confirmed', { confirmBlocks: true });

function pushing(name: string, options: DemuxerOptions = {}): BenchDemuxer {
  return {
    name,
    async run(chunks, onBlock) {
      const demuxer = new Demuxer(options);
      for await (const chunk of chunks) for (const event of demuxer.write(chunk)) take(event, onBlock);
      for (const event of demuxer.finish()) take(event, onBlock);
    },
  };
}

/** The same by the asynchronous wrapper, which hands over event by event. */
export const oursAsync: BenchDemuxer = {
  name: 'ours-async',
  async run(chunks, onBlock) {
    for await (const event of demux(chunks)) take(event, onBlock);
  },
};

function take(event: MatroskaEvent, onBlock: OnBlock): void {
  if (event.type !== 'block') return;
  for (const frame of event.frames) onBlock(event.trackNumber, frame);
}
