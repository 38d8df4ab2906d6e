import { msToSamples, PCM_BYTES_PER_SAMPLE } from '@earshot/domain';
import type { CallAudioBytes } from './play-call.ts';

/** Cuts both sides at the hold moment; without one the call is one leg. */
export function splitLegs(audio: CallAudioBytes, holdAtMs: number | undefined): readonly CallAudioBytes[] {
  if (holdAtMs === undefined) return [audio];
  const cutBytes = msToSamples(holdAtMs) * PCM_BYTES_PER_SAMPLE;
  return [
    { customer: audio.customer.subarray(0, cutBytes), agent: audio.agent.subarray(0, cutBytes) },
    { customer: audio.customer.subarray(cutBytes), agent: audio.agent.subarray(cutBytes) },
  ];
}
