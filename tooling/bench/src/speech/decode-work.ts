import type { SpeechRecognizer } from '@earshot/speech';
import { samplesToMs } from '@earshot/domain';
import type { SpokenClip } from './speech-clips.ts';

/**
 * Processor seconds that each recogniser spends on a second of audio, one value a round. They take turns clip by clip,
 * so that a noisy machine disturbs them alike; one decode at a time.
 */
export async function measureDecodeWork<Peer extends string>(
  clips: readonly SpokenClip[],
  recognizers: ReadonlyMap<Peer, Pick<SpeechRecognizer, 'recognize'>>,
  options: { readonly rounds: number; readonly signal: AbortSignal },
): Promise<ReadonlyMap<Peer, readonly number[]>> {
  const shares = new Map([...recognizers.keys()].map((peer) => [peer, [] as number[]]));
  const audioMs = clips.reduce((sum, { pcm }) => sum + samplesToMs(pcm.length), 0);
  for (let round = 0; round < options.rounds; round += 1) {
    const cpuMs = new Map<Peer, number>();
    for (const { pcm } of clips) {
      options.signal.throwIfAborted();
      for (const [peer, recognizer] of recognizers) {
        const before = process.cpuUsage();
        await recognizer.recognize({ pcm, language: 'en-US' });
        const { user, system } = process.cpuUsage(before);
        cpuMs.set(peer, (cpuMs.get(peer) ?? 0) + (user + system) / 1000);
      }
    }
    for (const [peer, spentMs] of cpuMs) shares.get(peer)?.push(spentMs / audioMs);
  }
  return shares;
}
