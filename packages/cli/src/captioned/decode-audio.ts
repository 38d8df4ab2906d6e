import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { readTrackPcm, type CaptionedAudio } from '@earshot/recordings';
import { TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import { pcmFromBytes, resamplePcm } from '@earshot/speech';
import { CliError } from '../verb.ts';

const TRACK_BYTES_MAX = 1024 * 1024 * 1024;
const CHANNELS_MAX = 2;

/** A track at 8 kHz, an array a channel, from the file's zero on. What is not 16-bit PCM is decoded by ffmpeg. */
export async function decodeAudio(
  file: string,
  audio: CaptionedAudio,
  signal: AbortSignal,
): Promise<readonly Int16Array[]> {
  if (audio.channels > CHANNELS_MAX) {
    throw new CliError(
      `Cannot use ${file}: track ${audio.number} has ${audio.channels} channels, more than 2`,
    );
  }
  if (!audio.isReadable) return split(await collect(file, ffmpegPcm(file, audio, signal)), audio.channels);
  const pcm = split(await collect(file, readTrackPcm(createReadStream(file), audio)), audio.channels);
  return pcm.map((channel) => resamplePcm(channel, audio.sampleRateHz, TELEPHONY_SAMPLE_RATE_HZ));
}

async function collect(file: string, source: AsyncIterable<Uint8Array>): Promise<Int16Array> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of source) {
    byteCount += chunk.byteLength;
    if (byteCount > TRACK_BYTES_MAX) {
      throw new CliError(`Cannot use ${file}: a track exceeds limit ${TRACK_BYTES_MAX} bytes of samples`);
    }
    chunks.push(chunk);
  }
  return pcmFromBytes(Buffer.concat(chunks));
}

function split(pcm: Int16Array, channels: number): readonly Int16Array[] {
  if (channels === 1) return [pcm];
  const length = Math.floor(pcm.length / channels);
  return Array.from({ length: channels }, (_, channel) =>
    new Int16Array(length).map((_sample, index) => pcm[index * channels + channel] ?? 0),
  );
}

/** Laid by its times, as `readTrackPcm` does: silence where the track leaves time out. */
async function* ffmpegPcm(
  file: string,
  { index, codecId, channels }: CaptionedAudio,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const input = ['-v', 'error', '-nostdin', '-i', `file:${file}`, '-map', `0:a:${index}`];
  const format = ['-f', 's16le', '-ar', `${TELEPHONY_SAMPLE_RATE_HZ}`, '-ac', `${channels}`];
  const laid = ['-af', 'aresample=async=1:first_pts=0'];
  const child = spawn('ffmpeg', [...input, ...laid, ...format, '-'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    signal,
  });
  const ended = new Promise<number | Error>((resolve) => {
    child.once('error', resolve);
    child.once('close', (code) => resolve(code ?? 1));
  });
  try {
    yield* child.stdout;
    const outcome = await ended;
    if (outcome === 0) return;
    signal.throwIfAborted();
    throw new CliError(
      outcome instanceof Error
        ? `Cannot use ${file}: its audio is ${codecId}, and there is no ffmpeg to decode it; install it, or convert to PCM`
        : `Cannot use ${file}: ffmpeg could not decode its ${codecId}`,
    );
  } finally {
    child.kill();
  }
}
