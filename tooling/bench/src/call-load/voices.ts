import type { ParticipantRole } from '@earshot/domain';

/** What one side of a call says, over and over: whole blocks of 16-bit PCM at 8 kHz. */
export type Voice = readonly Uint8Array[];

export type Conversation = Readonly<Record<ParticipantRole, Voice>>;

export const BLOCK_SAMPLES = 512;
export const BLOCK_MS = 64;

const CYCLE_BLOCKS = 480;
/** Two people who take turns and now and then talk at once: from and to, in blocks of a cycle of 30.7 s. */
const SPEECH: Readonly<Record<ParticipantRole, readonly (readonly [number, number])[]>> = {
  customer: [
    [8, 40],
    [92, 140],
    [210, 226],
    [300, 352],
    [410, 440],
  ],
  agent: [
    [48, 90],
    [132, 200],
    [240, 290],
    [360, 400],
    [446, 472],
  ],
};
const SPEECH_AMPLITUDE = 8000;
const SILENCE_AMPLITUDE = 40;

/** Conversations that differ in every sample, the same in every run. */
export function makeConversations(count: number): Conversation[] {
  return Array.from({ length: count }, (_, index) => ({
    customer: makeVoice('customer', index * 2 + 1),
    agent: makeVoice('agent', index * 2 + 2),
  }));
}

function makeVoice(role: ParticipantRole, seed: number): Voice {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return Array.from({ length: CYCLE_BLOCKS }, (_, block) => {
    const isSpeech = SPEECH[role].some(([from, to]) => block >= from && block < to);
    const amplitude = isSpeech ? SPEECH_AMPLITUDE : SILENCE_AMPLITUDE;
    const pcm = Int16Array.from({ length: BLOCK_SAMPLES }, () => {
      // A linear congruential generator with the constants of Numerical Recipes.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.round((state / 2 ** 31 - 1) * amplitude);
    });
    return new Uint8Array(pcm.buffer);
  });
}
