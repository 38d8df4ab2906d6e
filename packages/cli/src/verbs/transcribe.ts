import { createReadStream } from 'node:fs';
import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import { transcribePcm } from '@earshot/speech';
import { parseArguments } from '../arguments.ts';
import { withLocalEars } from '../local-recognizer.ts';
import { readMkvSides } from '../mkv-sides.ts';
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

/** One file a side, a stereo file, or an MKV with named tracks. */
async function readSides(files: readonly string[], role: ParticipantRole | undefined): Promise<CallSide[]> {
  const sides: CallSide[] = [];
  for (const file of files) {
    if (/\.(mkv|mka)$/i.test(file)) {
      sides.push(...(await readMkvSides(createReadStream(file))));
      continue;
    }
    const channels = await readTelephonyWav(file);
    if (channels.length > PARTICIPANT_ROLES.length)
      throw new CliError(`Cannot use ${file}: more than two channels`);
    for (const pcm of channels) {
      const next = role ?? PARTICIPANT_ROLES[sides.length % PARTICIPANT_ROLES.length] ?? 'customer';
      sides.push({ role: next, pcm });
    }
  }
  return sides;
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
the agent; stereo: customer left, agent right. Or MKV with the tracks AUDIO_FROM_CUSTOMER and AUDIO_TO_CUSTOMER.
English.
  --role   who speaks in every file given
  --json   one JSON line an utterance: {"role","startMs","endMs","text"}
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
    const sides = await readSides(positionals, role);
    io.err(`Transcribing ${sides.length} tracks ...`);
    const heard = await hear(sides, io);
    for (const line of inOrderOfSpeech(values.raw === true ? writeLines(heard) : redactLines(heard))) {
      io.out(values.json === true ? JSON.stringify(line) : describeLine(line));
    }
    return 0;
  },
};

function describeLine({ role, startMs, text }: SpokenLine): string {
  return `${(startMs / 1000).toFixed(1).padStart(7)} s  ${role.padEnd(8)}  ${text}`;
}
