import { monitorEventLoopDelay } from 'node:perf_hooks';
import { msToSamples } from '@earshot/domain';
import type { SpeechRecognizer, VoiceActivityDetector } from '@earshot/speech';
import { quantile } from '../harness.ts';
import type { SpokenClip } from './speech-clips.ts';
import { talk, type HeardSegment } from './talking-stream.ts';

export interface StreamLoadOptions {
  readonly streams: number;
  readonly seconds: number;
  readonly clips: readonly SpokenClip[];
  readonly detector: VoiceActivityDetector;
  readonly recognizer: SpeechRecognizer;
  readonly signal: AbortSignal;
}

export interface StreamLoad {
  /** End of speech to text, the silence that ends speech among it. */
  readonly endToTextMs: readonly number[];
  /** Cut to text; 0 where the text was there already. */
  readonly cutToTextMs: readonly number[];
  readonly degradedCount: number;
  /** Of this process, voice detection and decoding. */
  readonly cpuCores: number;
  /** Decodes asked for and not answered, at most. */
  readonly pendingMax: number;
  readonly eventLoopDelayP99Ms: number;
  /** 95th percentile of the second half of the texts by that of the first; well above 1 where a backlog grows. */
  readonly growth: number;
}

const START_MS = 500;
const GAPS_MS = [300, 900, 500, 1200, 700] as const;
const HISTOGRAM_RESOLUTION_MS = 10;

/** N people talk at once in real time, each about four fifths of the time, each something else. */
export async function loadStreams(options: StreamLoadOptions): Promise<StreamLoad> {
  const { streams, seconds, clips, signal } = options;
  let pending = 0;
  let pendingMax = 0;
  const onAsked = (): void => void (pendingMax = Math.max(pendingMax, (pending += 1)));
  const onAnswered = (): void => void (pending -= 1);
  const loopDelay = monitorEventLoopDelay({ resolution: HISTOGRAM_RESOLUTION_MS });
  const cpuBefore = process.cpuUsage();
  const startedAtMs = performance.now();
  loopDelay.enable();
  const heard = await Promise.all(
    Array.from({ length: streams }, async (_, index) => {
      const pcm = monologue(clips, index, seconds);
      const startAtMs = startedAtMs + START_MS + (index * 64) / streams;
      return await talk({ ...options, pcm, startAtMs, callId: `call-${index}`, signal, onAsked, onAnswered });
    }),
  );
  loopDelay.disable();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    ...latencies(heard.flat()),
    cpuCores: (user + system) / 1000 / (performance.now() - startedAtMs),
    pendingMax,
    eventLoopDelayP99Ms: Math.max(0, loopDelay.percentile(99) / 1e6 - HISTOGRAM_RESOLUTION_MS),
  };
}

/** Clips one after the other with pauses between, from another one on for each stream. */
export function monologue(clips: readonly SpokenClip[], stream: number, seconds: number): Int16Array {
  const pcm = new Int16Array(msToSamples(seconds * 1000));
  // A stride prime to most counts, so that streams do not follow one another.
  for (let offset = 0, index = stream * 37; offset < pcm.length; index += 1) {
    const clip = clips[index % clips.length]?.pcm ?? new Int16Array(0);
    pcm.set(clip.subarray(0, pcm.length - offset), offset);
    offset += clip.length + msToSamples(GAPS_MS[index % GAPS_MS.length] ?? 0);
  }
  return pcm;
}

function latencies(
  heard: readonly HeardSegment[],
): Pick<StreamLoad, 'endToTextMs' | 'cutToTextMs' | 'degradedCount' | 'growth'> {
  const inOrder = heard.toSorted((a, b) => a.spokenAtMs - b.spokenAtMs);
  const endToTextMs = inOrder.map(({ spokenAtMs, textAtMs }) => textAtMs - spokenAtMs);
  const half = Math.ceil(endToTextMs.length / 2);
  const [first, second] = [endToTextMs.slice(0, half), endToTextMs.slice(half)];
  return {
    endToTextMs,
    cutToTextMs: inOrder.map(({ cutAtMs, textAtMs }) => textAtMs - cutAtMs),
    degradedCount: inOrder.filter(({ degraded }) => degraded).length,
    growth: second.length === 0 ? 1 : quantile(second, 0.95) / quantile(first, 0.95),
  };
}
