import { PARTICIPANT_ROLES } from '@earshot/domain';
import { transcribePcm } from '@earshot/speech';
import type { Evaluation } from '@earshot/speech/word-errors';
import { parseArguments } from '../arguments.ts';
import { compareWithCaptions } from '../captioned/compare-captions.ts';
import { readMatroska, type AskedSides, type CaptionedSides } from '../captioned/read-matroska.ts';
import type { SpokenCaption } from '../captioned/spoken-captions.ts';
import { withLocalEars } from '../local-recognizer.ts';
import {
  inOrderOfSpeech,
  redactLines,
  withoutEchoes,
  writeLines,
  type CallSide,
  type SpokenLine,
} from '../spoken-lines.ts';
import { CliError, UsageError, type CliIo, type Verb } from '../verb.ts';
import { readTelephonyWav } from '../wav-file.ts';
import { describeEvaluation } from './evaluate.ts';

/** One file a side, a stereo file, or an MKV. */
async function readSides(files: readonly string[], asked: AskedSides): Promise<CaptionedSides> {
  const sides: CallSide[] = [];
  const captions: SpokenCaption[] = [];
  for (const file of files) {
    if (/\.(mkv|mka|webm)$/i.test(file)) {
      const read = await readMatroska(file, asked);
      if (read.captions.length > 0 && files.length > 1) {
        throw new CliError(`Cannot use ${file} with other files: it is compared with its captions by itself`);
      }
      sides.push(...read.sides);
      captions.push(...read.captions);
      continue;
    }
    const channels = await readTelephonyWav(file);
    if (channels.length > PARTICIPANT_ROLES.length)
      throw new CliError(`Cannot use ${file}: more than two channels`);
    for (const pcm of channels) {
      const next = asked.role ?? PARTICIPANT_ROLES[sides.length % PARTICIPANT_ROLES.length] ?? 'customer';
      sides.push({ role: next, pcm });
    }
  }
  return { sides, captions };
}

async function hear(sides: readonly CallSide[], io: CliIo): Promise<SpokenLine[]> {
  const lines: SpokenLine[] = [];
  await withLocalEars(io.cwd, async (ears) => {
    for (const { role, pcm } of sides) {
      const request = { ...ears, pcm, language: 'en-US', signal: io.signal };
      for await (const speech of transcribePcm(request)) lines.push({ role, ...speech });
    }
  });
  return withoutEchoes(lines, sides);
}

export const transcribe: Verb = {
  name: 'transcribe',
  summary: 'transcribe recordings on this machine, without servers',
  help: `earshot transcribe FILE... [--role customer|agent] [--json] [--raw]

WAV, 16-bit, 8-bit or G.711 (A-law, mu-law), at any rate from 4 to 192 kHz: the first file is the customer, the second
the agent; stereo: customer left, agent right. Or MKV with the tracks AUDIO_FROM_CUSTOMER and AUDIO_TO_CUSTOMER, or any
other MKV: names tell the sides, else channels and order; what is not 16-bit PCM is decoded by ffmpeg if it is installed.
A recording with captions is compared with them at the end, words as earshot evaluate counts them. English.
  --role   who speaks in every file given
  --json   one JSON line an utterance: {"role","startMs","endMs","text"}; of a captioned file another one at the end:
           {"comparison":{"wer","bySource":{...},"clips":[{"file","wer","reference","hypothesis"}]}}
  --raw    without redaction`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean' },
      raw: { type: 'boolean' },
      role: { type: 'string' },
    });
    if (positionals.length === 0) throw new UsageError('expected at least one file');
    const role = PARTICIPANT_ROLES.find((known) => known === values.role);
    if (values.role !== undefined && role === undefined) {
      throw new UsageError(`Cannot use --role ${values.role}: expected customer or agent`);
    }
    const { sides, captions } = await readSides(positionals, { role, signal: io.signal });
    io.err(`Transcribing ${sides.length} tracks ...`);
    const heard = await hear(sides, io);
    const lines = inOrderOfSpeech(values.raw === true ? writeLines(heard) : redactLines(heard));
    for (const line of lines) io.out(values.json === true ? JSON.stringify(line) : describeLine(line));
    if (captions.length > 0)
      report(compareWithCaptions(captions, lines), values.json === true ? 'json' : 'text', io);
    return 0;
  },
};

function describeLine({ role, startMs, text }: SpokenLine): string {
  return `${(startMs / 1000).toFixed(1).padStart(7)} s  ${role.padEnd(8)}  ${text}`;
}

function report({ wer, bySource, clips }: Evaluation, format: 'json' | 'text', io: CliIo): void {
  const compared = clips.map(({ file, wer: rate, reference, hypothesis }) => ({
    file,
    wer: rate,
    reference,
    hypothesis,
  }));
  if (format === 'json') io.out(JSON.stringify({ comparison: { wer, bySource, clips: compared } }));
  else for (const line of ['', ...describeEvaluation({ wer, bySource, clips })]) io.out(line);
}
