import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEarshotClient } from '@earshot/client';
import { readWav } from '@earshot/speech';
import { expect, vi } from 'vitest';
import { earshot } from './earshot-command.ts';
import type { RunningSystem } from './running-system.ts';

const run = promisify(execFile);
/** Whether a player that is none of ours is there. */
export const hasFfmpeg = ['ffmpeg', 'ffprobe'].every(
  (tool) => spawnSync(tool, ['-version'], { stdio: 'ignore' }).error === undefined,
);

const FINISH_TIMEOUT_MS = 60_000;

/** A leg as it is handed out. */
export interface CallRecording {
  /** The captioned file. */
  readonly file: string;
  readonly durationMs: number;
  /** Of the stereo WAV. */
  readonly customer: Int16Array;
}

/** Waits until a leg is finished and fetches both forms of it with the command. */
export async function fetchRecording(
  system: RunningSystem,
  guid: string,
  leg: number,
): Promise<CallRecording> {
  const { calls } = createEarshotClient(system.credentials);
  const stateOf = async () => (await calls.recordings(guid)).find((one) => one.leg === leg)?.state;
  await vi.waitFor(async () => expect(await stateOf()).toBe('ready'), {
    timeout: FINISH_TIMEOUT_MS,
    interval: 100,
  });
  const files = { mkv: join(system.directory, `${leg}.mkv`), wav: join(system.directory, `${leg}.wav`) };
  for (const format of ['mkv', 'wav'] as const) {
    const what = ['--format', format, '--leg', String(leg), '--out', files[format]];
    const { exitCode, errors } = await earshot(system.directory, ['recording', guid, ...what]);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  }
  const { durationMs } = (await calls.recordings(guid)).find((one) => one.leg === leg) ?? {};
  const [customer, agent] = readWav(await readFile(files.wav)).pcm;
  if (customer === undefined || agent === undefined || durationMs === undefined) {
    throw new Error(`Cannot read the recording of leg ${leg}: expected two sides`);
  }
  return { file: files.mkv, durationMs, customer };
}

interface Probe {
  readonly streams: readonly {
    readonly codec_type: string;
    readonly codec_name: string;
    readonly tags?: { readonly title?: string };
  }[];
}

/** What ffmpeg finds in a file, and how much of each side it can decode to the end. */
export async function playThrough(
  file: string,
): Promise<{ readonly streams: readonly string[]; readonly decodedMs: readonly number[] }> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', file]);
  const { streams } = JSON.parse(stdout) as Probe;
  const decodedMs: number[] = [];
  for (const side of [0, 1]) {
    const raw = ['-map', `0:a:${side}`, '-f', 's16le', '-'];
    const options = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
    const decoded = await run('ffmpeg', ['-v', 'error', '-xerror', '-i', file, ...raw], options);
    expect(decoded.stderr.toString('utf8')).toBe('');
    decodedMs.push(decoded.stdout.byteLength / 16);
  }
  return {
    streams: streams.map((one) => `${one.codec_type} ${one.codec_name} ${one.tags?.title ?? ''}`),
    decodedMs,
  };
}

interface Said {
  readonly role: string | undefined;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** The transcripts of a leg, as `earshot simulate` printed them. */
export function heardIn(events: readonly Readonly<Record<string, unknown>>[], leg: number): readonly Said[] {
  const isStart = (event: Readonly<Record<string, unknown>>, of: number) =>
    event['type'] === 'started' && event['leg'] === of;
  const from = events.findIndex((event) => isStart(event, leg));
  const to = events.findIndex((event) => isStart(event, leg + 1));
  return events
    .slice(from, to < 0 ? undefined : to)
    .filter((event) => event['type'] === 'transcript')
    .map(({ role, startMs, endMs, text }) => ({
      role: String(role),
      startMs: Number(startMs),
      endMs: Number(endMs),
      text: String(text),
    }));
}

export function byTime(said: readonly Said[]): readonly Said[] {
  return said.toSorted(
    (one, other) => one.startMs - other.startMs || String(one.role).localeCompare(String(other.role)),
  );
}

/** Samples that are silent though they were not, and those that differ in any other way. */
export function maskedSpans(
  played: Int16Array,
  recorded: Int16Array,
): { readonly muted: number; readonly altered: number } {
  let muted = 0;
  let altered = 0;
  for (const [index, sample] of played.entries()) {
    const found = recorded[index];
    if (found === sample) continue;
    if (found === 0) muted += 1;
    else altered += 1;
  }
  return { muted, altered };
}
