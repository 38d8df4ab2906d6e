import { msToSamples, type Utterance, type VoicedSpan } from '@earshot/domain';
import type { HeardSpeech } from './call-track.ts';
import { voicedSpans } from './voiced-spans.ts';

type Place = Pick<Utterance, 'startMs' | 'endMs'>;
type Heard = Pick<HeardSpeech, 'segment'>;

/**
 * From ms of the audio that the recogniser hears to ms of the session, fractions included; what of it lies outside
 * the speech, outside too. Short holes within the speech are spread over it.
 */
export function sessionClock({ startMs, endMs }: Place, { segment }: Heard): (decodedMs: number) => number {
  const { startSample, endSample, decodeStartSample } = segment;
  const msPerSample = (endMs - startMs) / Math.max(1, endSample - startSample);
  return (decodedMs) => startMs + (decodeStartSample + msToSamples(decodedMs) - startSample) * msPerSample;
}

/** Where somebody speaks in an utterance, in order and apart, on the clock of the session. */
export function spokenSpans(place: Place, heard: Heard): readonly VoicedSpan[] {
  const onSession = sessionClock(place, heard);
  return voicedSpans(heard.segment.pcm)
    .map(({ startMs, endMs }) => ({
      startMs: Math.max(place.startMs, onSession(startMs)),
      endMs: Math.min(place.endMs, onSession(endMs)),
    }))
    .filter(({ startMs, endMs }) => endMs > startMs);
}
