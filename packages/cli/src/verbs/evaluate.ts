import { readFile } from 'node:fs/promises';
import {
  evaluateClips,
  hearClip,
  parseEvaluationManifest,
  type ClipCuts,
  type ClipListener,
  type Evaluation,
  type EvaluationClip,
  type HeardClip,
} from '@earshot/speech/word-errors';
import { parseArguments, required } from '../arguments.ts';
import { withLocalEars } from '../local-recognizer.ts';
import { CliError, UsageError, type CliIo, type Verb } from '../verb.ts';
import { readTelephonyWav } from '../wav-file.ts';

const WORST_CLIPS_SHOWN = 20;
const PROGRESS_EVERY_CLIPS = 25;

async function readManifest(path: string): Promise<EvaluationClip[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError(`Cannot read ${path}: there is no such file, or it may not be read`);
  });
  return parseEvaluationManifest(text, path);
}

/** Channels are mixed: a manifest tells one text for a file. */
async function readClip(path: string): Promise<Int16Array> {
  const channels = await readTelephonyWav(path);
  const [first = new Int16Array(0)] = channels;
  if (channels.length === 1) return first;
  return first.map((_, index) =>
    Math.round(channels.reduce((sum, pcm) => sum + (pcm[index] ?? 0), 0) / channels.length),
  );
}

/** Hears every clip of a manifest, one after the other. */
export async function hearClips(
  clips: readonly EvaluationClip[],
  cuts: ClipCuts,
  listener: ClipListener & { readonly say: (line: string) => void },
): Promise<HeardClip[]> {
  const heard: HeardClip[] = [];
  for (const { file, path, source, transcript: reference } of clips) {
    listener.signal?.throwIfAborted();
    const { text, decodeMs } = await hearClip(await readClip(path), cuts, listener);
    heard.push({ file, source, reference, hypothesis: text, decodeMs: Math.round(decodeMs * 10) / 10 });
    if (heard.length % PROGRESS_EVERY_CLIPS === 0) listener.say(`${heard.length} of ${clips.length} clips`);
  }
  return heard;
}

export const evaluate: Verb = {
  name: 'evaluate',
  summary: 'word error rate of the recogniser on recordings of which the words are known',
  help: `earshot evaluate --manifest FILE.tsv [--endpointer] [--json]

The manifest has a header and tab-separated columns: file (WAV, relative to the manifest), transcript, and, if you
like, source and duration_s. Case, punctuation, digits and contractions are made alike before words are compared.
  --endpointer  cut clips where people pause, as calls are; otherwise a clip of up to 15 s is heard in one go
  --json        one JSON object: {"wer","bySource":{...},"clips":[{"file","wer","reference","hypothesis","decodeMs"}]}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      manifest: { type: 'string' },
      endpointer: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError(`expected no file, got ${positionals.join(' ')}`);
    const clips = await readManifest(required('manifest', values.manifest));
    const cuts = values.endpointer === true ? 'endpointer' : 'whole';
    const evaluation = evaluateClips(await hearLocally(clips, cuts, io));
    if (values.json === true) io.out(JSON.stringify(evaluation));
    else for (const line of describeEvaluation(evaluation)) io.out(line);
    return 0;
  },
};

async function hearLocally(
  clips: readonly EvaluationClip[],
  cuts: ClipCuts,
  io: CliIo,
): Promise<HeardClip[]> {
  io.err(`Listening to ${clips.length} clips ...`);
  return await withLocalEars(io.cwd, async (ears) => {
    return await hearClips(clips, cuts, { ...ears, language: 'en-US', signal: io.signal, say: io.err });
  });
}

/** Rates, then the clips with errors, the worst first. */
export function describeEvaluation({ wer, bySource, clips }: Evaluation): string[] {
  const wrong = clips.filter((clip) => clip.wer > 0);
  const shown = wrong.slice(0, WORST_CLIPS_SHOWN);
  return [
    `WER ${percent(wer)} over ${clips.length} clips, ${wrong.length} of them with errors`,
    ...Object.entries(bySource).map(([source, rate]) => `${percent(rate).padStart(8)}  ${source}`),
    ...shown.flatMap((clip) => [
      `${percent(clip.wer).padStart(8)}  ${clip.file}`,
      `          said   ${clip.reference}`,
      `          heard  ${clip.hypothesis}`,
    ]),
    ...(wrong.length > shown.length ? [`... and ${wrong.length - shown.length} more; --json has all`] : []),
  ];
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`;
}
