import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  createMoonshineRecognizer,
  createSileroDetector,
  type MoonshineOptions,
  type SpeechRecognizer,
  type VoiceActivityDetector,
} from '@earshot/speech';
import type { ClipCuts } from '@earshot/speech/word-errors';
import { countOption, type BenchContext } from '../bench.ts';
import { distribution, median, type Measurement } from '../harness.ts';
import { measureAccuracy, type Accuracy } from '../speech/accuracy.ts';
import { measureDecodeWork } from '../speech/decode-work.ts';
import { loadSpeechClips, spread, type SpokenClip } from '../speech/speech-clips.ts';
import { loadStreams } from '../speech/stream-load.ts';

interface Plan {
  readonly clipsMax: number;
  readonly streams: readonly number[];
  readonly seconds: number;
}

const FULL: Plan = { clipsMax: 1000, streams: [4, 8, 12, 16, 24, 40], seconds: 40 };
const QUICK: Plan = { clipsMax: 60, streams: [4, 12, 24], seconds: 15 };
/** Held: texts come within this and the backlog does not grow. */
const HELD_P95_MS_MAX = 900;
const HELD_GROWTH_MAX = 1.5;
const WORK_CLIPS_MAX = 60;
const WORK_ROUNDS = 3;
/** Upper ends of the utterance lengths that latencies are told by, s. */
const LENGTHS_S = [1, 2, 4, 7, 15] as const;

const PEERS = ['ours', 'base-as-shipped', 'moonshine-tiny'] as const;
type Peer = (typeof PEERS)[number];
const MODELS: Readonly<Record<Peer, Pick<MoonshineOptions, 'model' | 'rewrite'>>> = {
  ours: {},
  'base-as-shipped': { rewrite: 'off' },
  'moonshine-tiny': { model: 'tiny' },
};

/** Words, work and time of the recogniser on recordings; then people who talk at once, in real time. */
export async function speech(context: BenchContext): Promise<void> {
  const { values } = parseArgs({
    args: [...context.args],
    options: {
      manifest: { type: 'string' },
      clips: { type: 'string' },
      seconds: { type: 'string' },
      streams: { type: 'string' },
      quick: { type: 'boolean' },
    },
  });
  const plan = values.quick === true ? QUICK : FULL;
  const clipsMax = countOption('clips', values.clips, plan.clipsMax);
  const seconds = countOption('seconds', values.seconds, plan.seconds);
  const streams = values.streams?.split(',').map((count) => countOption('streams', count, 1)) ?? plan.streams;
  const clips = await loadSpeechClips(context, { manifest: values.manifest, clipsMax });
  const detector = await createSileroDetector();
  try {
    const ours = await printAccuracy(context, 'ours', clips, detector);
    const shipped = await printAccuracy(context, 'base-as-shipped', clips, detector);
    const textsDiffering = ours.texts.filter((text, index) => text !== shipped.texts[index]).length;
    print(context, { metric: 'textsDiffering', unit: 'clips', value: textsDiffering, n: clips.length });
    await printAccuracy(context, 'moonshine-tiny', clips, detector);
    await printWork(context, spread(clips, WORK_CLIPS_MAX));
    await printStreams(context, { clips, detector, streams, seconds });
  } finally {
    await detector.close();
  }
}

function print(context: BenchContext, measurement: Omit<Measurement, 'bench'>): void {
  context.print({ bench: 'speech', peer: 'ours', ...measurement });
}

function recognizerOf(context: BenchContext, options: Omit<MoonshineOptions, 'cacheDirectory'>) {
  const cacheDirectory = join(context.checkout, '.earshot', 'cache');
  return createMoonshineRecognizer({ ...options, cacheDirectory });
}

/** Whole clips for every peer, and cut as calls are for ours. Answers with the whole ones. */
async function printAccuracy(
  context: BenchContext,
  peer: Peer,
  clips: readonly SpokenClip[],
  detector: VoiceActivityDetector,
): Promise<Accuracy> {
  context.say(`${peer}: ${clips.length} clips`);
  const recognizer = await recognizerOf(context, MODELS[peer]);
  const listener = { detector, recognizer, language: 'en-US', signal: context.signal };
  try {
    const whole = await measureAccuracy(clips, 'whole', listener);
    printRates(context, peer, 'whole', whole);
    printCutToText(context, peer, whole);
    if (peer === 'ours')
      printRates(context, peer, 'endpointer', await measureAccuracy(clips, 'endpointer', listener));
    return whole;
  } finally {
    await recognizer.close();
  }
}

async function printWork(context: BenchContext, clips: readonly SpokenClip[]): Promise<void> {
  context.say(`processor time of ${clips.length} clips, ${WORK_ROUNDS} rounds`);
  const recognizers = new Map<Peer, SpeechRecognizer>();
  try {
    for (const peer of PEERS) recognizers.set(peer, await recognizerOf(context, MODELS[peer]));
    const { signal } = context;
    const work = await measureDecodeWork(clips, recognizers, { rounds: WORK_ROUNDS, signal });
    for (const [peer, shares] of work) {
      const value = median(shares);
      print(context, { metric: 'rtf', unit: 'cpu s/s', value, n: shares.length, peer });
    }
  } finally {
    await Promise.all([...recognizers.values()].map((recognizer) => recognizer.close()));
  }
}

function printRates(context: BenchContext, peer: Peer, cuts: ClipCuts, { evaluation }: Accuracy): void {
  const rates = { all: evaluation.wer, ...evaluation.bySource };
  for (const [source, rate] of Object.entries(rates)) {
    const params = { cuts, source };
    print(context, { metric: 'wer', unit: '%', value: rate * 100, n: evaluation.clips.length, peer, params });
  }
}

function printCutToText(context: BenchContext, peer: Peer, { decodes }: Accuracy): void {
  let least = 0;
  for (const most of LENGTHS_S) {
    const samples = decodes
      .filter(({ audioMs }) => audioMs >= least * 1000 && audioMs < most * 1000)
      .map(({ decodeMs }) => decodeMs);
    const params = { seconds: `${least}-${most}` };
    if (samples.length > 0)
      print(context, { metric: 'cutToText', unit: 'ms', ...distribution(samples), peer, params });
    least = most;
  }
}

async function printStreams(
  context: BenchContext,
  plan: {
    readonly clips: readonly SpokenClip[];
    readonly detector: VoiceActivityDetector;
    readonly streams: readonly number[];
    readonly seconds: number;
  },
): Promise<void> {
  const recognizer = await recognizerOf(context, { smallModel: 'under-pressure' });
  const { signal } = context;
  const held: number[] = [];
  try {
    for (const streams of plan.streams) {
      context.say(`${streams} people talk for ${plan.seconds} s`);
      const load = await loadStreams({ ...plan, streams, recognizer, signal });
      const { p95, ...times } = distribution(load.endToTextMs);
      const cut = distribution(load.cutToTextMs);
      if (p95 <= HELD_P95_MS_MAX && load.growth <= HELD_GROWTH_MAX) held.push(streams);
      print(context, {
        metric: 'streams',
        unit: 'ms',
        ...times,
        p95,
        params: {
          streams,
          cutToTextP50Ms: Math.round(cut.p50),
          cutToTextP95Ms: Math.round(cut.p95),
          smallModelTexts: load.degradedCount,
          cpuCores: Number(load.cpuCores.toFixed(2)),
          pendingMax: load.pendingMax,
          growth: Number(load.growth.toFixed(2)),
          eventLoopDelayP99Ms: Math.round(load.eventLoopDelayP99Ms),
        },
      });
    }
  } finally {
    await recognizer.close();
  }
  print(context, { metric: 'streamsHeld', unit: 'streams', value: Math.max(0, ...held) });
}
