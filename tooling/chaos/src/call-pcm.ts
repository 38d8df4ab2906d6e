import { msToSamples, PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import { Random } from './random.ts';

export const BLOCK_SAMPLES = 512;
export const BLOCK_MS = 64;

export type CallPcm = Readonly<Record<ParticipantRole, Int16Array>>;

const SPEECH_AMPLITUDE = 9000;
/** Under the endpointer's energy gate, but never digital silence: filled-in silence must be told from it. */
const ROOM_AMPLITUDE = 20;
/** `1A 45 DF A3`, the magic of an EBML header, as little-endian samples. */
const EBML_MAGIC = [0x451a, 0xa3df - 0x1_0000] as const;
const MAGIC_EVERY_SAMPLES = 3001;

/** Two people who talk in turns and now and then at once; no stretch of it is like another. Whole blocks. */
export function callPcm(seed: number, durationMs: number): CallPcm {
  const samples = Math.floor(msToSamples(durationMs) / BLOCK_SAMPLES) * BLOCK_SAMPLES;
  const [customer, agent] = PARTICIPANT_ROLES.map((_role, index) => {
    return sidePcm(new Random(seed * 2 + index), samples);
  });
  if (customer === undefined || agent === undefined) throw new Error('Cannot make a call without two sides');
  return { customer, agent };
}

export function pcmAsBytes(pcm: Int16Array): Uint8Array {
  return new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
}

function sidePcm(random: Random, samples: number): Int16Array {
  const pcm = new Int16Array(samples);
  let isSpeech = random.chance(0.5);
  for (let from = 0; from < samples;) {
    const lastsMs = isSpeech ? random.integer(300, 4000) : random.integer(350, 3000);
    const to = Math.min(samples, from + msToSamples(lastsMs));
    const amplitude = isSpeech ? SPEECH_AMPLITUDE : ROOM_AMPLITUDE;
    for (let at = from; at < to; at += 1) {
      const value = Math.round((random.next() * 2 - 1) * amplitude);
      pcm[at] = value === 0 ? 1 : value;
    }
    if (isSpeech) hideMagic(pcm, from, to);
    from = to;
    isSpeech = !isSpeech;
  }
  return pcm;
}

/** Payload that looks like the beginning of a document. */
function hideMagic(pcm: Int16Array, from: number, to: number): void {
  for (let at = from; at + EBML_MAGIC.length <= to; at += MAGIC_EVERY_SAMPLES) pcm.set(EBML_MAGIC, at);
}
