import { createHash } from 'node:crypto';
import { Demuxer, type MatroskaEvent } from '@earshot/matroska';
import { describe, expect, it } from 'vitest';
import { DAMAGES, makeDamagedCall } from './damaged-call.ts';

function read(bytes: Uint8Array): MatroskaEvent[] {
  const demuxer = new Demuxer();
  return [...demuxer.write(bytes), ...demuxer.finish()];
}

describe('makeDamagedCall', () => {
  it.each(DAMAGES)('makes 204 blocks a side, with a problem unless the damage is none: %s', (damage) => {
    const { bytes, payloadHashes } = makeDamagedCall(damage);
    expect(payloadHashes.size).toBe(204);
    const problems = read(bytes).filter(({ type }) => type === 'problem');
    expect(problems.length > 0).toBe(damage !== 'none');
  });

  it('hashes what track 1 holds', () => {
    const { bytes, payloadHashes } = makeDamagedCall('none');
    const hashes = read(bytes).flatMap((event) =>
      event.type === 'block' && event.trackNumber === 1
        ? event.frames.map((frame) => createHash('sha256').update(frame).digest('hex'))
        : [],
    );
    expect(new Set(hashes)).toEqual(payloadHashes);
  });
});
