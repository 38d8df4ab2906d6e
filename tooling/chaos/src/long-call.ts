import { createHash } from 'node:crypto';
import { msToSamples } from '@earshot/domain';
import { callPcm, pcmAsBytes } from './call-pcm.ts';

/** A minute that is said over and over, each time at another pitch of samples: no two minutes are alike. */
const LOOP_MS = 61_440;

export interface LongSide {
  readonly pcm: AsyncGenerator<Uint8Array, void, undefined>;
  /** Of all that was given out so far. */
  readonly digest: () => string;
}

/** One side of a call too long for memory. `ready` holds it back while too much waits to be heard. */
export function longSide(
  role: 'customer' | 'agent',
  minutes: number,
  ready: (sample: number) => Promise<void>,
): LongSide {
  const loop = callPcm(4, LOOP_MS)[role];
  const hash = createHash('sha256');
  async function* pcm(): AsyncGenerator<Uint8Array, void, undefined> {
    const loops = Math.ceil((minutes * 60_000) / LOOP_MS);
    for (let index = 0; index < loops; index += 1) {
      await ready(index * msToSamples(LOOP_MS));
      const bytes = pcmAsBytes(loop.map((sample) => sample ^ (index & 0xf)));
      hash.update(bytes);
      yield bytes;
    }
  }
  return { pcm: pcm(), digest: () => hash.copy().digest('hex') };
}
