import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Recording } from '@earshot/api';
import { createEarshotClient, type EarshotClient } from '@earshot/client';
import { oneOf, parseArguments, wholeNumber } from '../arguments.ts';
import { isUnfinished, waitForRecordings } from '../recording/wait-for-recordings.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { CliError, UsageError, type CliIo, type Verb } from '../verb.ts';

const LEG_MAX = 100_000;
const WAIT_SECONDS_MAX = 86_400;
const POLL_MS = 2000;
const WAIT_HINT = '  --wait SECONDS waits for it';
const FORMATS = ['mkv', 'wav'] as const;

const OPTIONS = {
  format: { type: 'string' },
  leg: { type: 'string' },
  out: { type: 'string' },
  wait: { type: 'string' },
  list: { type: 'boolean' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

export const recording: Verb = {
  name: 'recording',
  summary: 'the audio of a call whose start allowed recording, with captions or as WAV',
  help: `earshot recording GUID [--format mkv|wav] [--leg N] [--out FILE] [--wait SECONDS] [--json]
earshot recording GUID --list [--wait SECONDS] [--json]

Downloads each recorded leg of the call as GUID-LEG.mkv; a download that broke off is gone on with, and nothing has its name
before its checksum is right.
  --format FORMAT       mkv (default): both sides with captions; wav: stereo, customer left, agent right
  --leg N               only the Nth session of the call
  --out FILE            where to, of a single leg
  --list                what was recorded, instead
  --wait SECONDS        waits as long as that, 1 to 86400, until each leg is finished; a call is stored from its 10th second on
  --json                one JSON object a leg
${SYSTEM_HELP} recordings:read`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [guid, ...more] = positionals;
    if (guid === undefined || more.length > 0) throw new UsageError('expected the guid of one call');
    const format = oneOf('format', values.format, FORMATS, 'mkv');
    const leg = wholeNumber('leg', values.leg, { min: 1, max: LEG_MAX, otherwise: 0 });
    const waitSeconds = wholeNumber('wait', values.wait, { min: 1, max: WAIT_SECONDS_MAX, otherwise: 0 });
    const { calls } = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    const list = async (): Promise<readonly Recording[]> =>
      (await calls.recordings(guid)).filter((one) => leg === 0 || one.leg === leg);
    const onWaiting = (what: string): void => io.err(`Waiting: ${what}`);
    const wait = { waitMs: waitSeconds * 1000, pollMs: POLL_MS, onWaiting, signal: io.signal };
    const legs = waitSeconds === 0 ? await list() : await waitForRecordings({ list, ...wait });
    if (values.list === true) {
      for (const one of legs) io.out(values.json === true ? JSON.stringify(one) : lineOf(one));
      if (legs.length === 0 && values.json !== true) io.out('Nothing was recorded');
      return 0;
    }
    refuseWhatIsNotThere(legs, leg, values.out);
    for (const one of legs) {
      if (isUnfinished(one)) throw new CliError(`Leg ${one.leg} is ${one.state} so far\n${WAIT_HINT}`);
      await download(calls, { guid, leg: one.leg, format }, values, io);
    }
    return 0;
  },
};

function refuseWhatIsNotThere(legs: readonly Recording[], leg: number, out: string | undefined): void {
  if (legs.length === 0) {
    const what = leg === 0 ? 'this call' : `leg ${leg} of this call`;
    throw new CliError(
      [
        `Nothing was recorded of ${what} so far`,
        '  Its start has to say audioRecordingAllowed. The first 10 s of a call are stored together:',
        WAIT_HINT,
      ].join('\n'),
    );
  }
  if (legs.length > 1 && out !== undefined) {
    throw new CliError(`Say with --leg which is meant: ${legs.map((one) => one.leg).join(', ')}`);
  }
}

async function download(
  calls: EarshotClient['calls'],
  what: { readonly guid: string; readonly leg: number; readonly format: (typeof FORMATS)[number] },
  values: Values,
  io: CliIo,
): Promise<void> {
  const { guid, leg, format } = what;
  const name = `${guid.replaceAll(/[^\w=-]/g, '_')}-${leg}.${format}`;
  const path = values.out === undefined ? join(io.cwd, name) : resolve(io.cwd, values.out);
  if (await isFolder(path)) throw new UsageError(`Cannot use --out ${path}: expected a file, not a folder`);
  const terminal = values.json === true ? undefined : io.terminal;
  let shown = -1;
  const onProgress = (byteCount: number, totalByteCount: number): void => {
    const percent = Math.floor((byteCount * 100) / totalByteCount);
    if (percent === shown) return;
    shown = percent;
    terminal?.write(`\r${percent} %`);
  };
  const downloaded = await calls.downloadRecording(guid, {
    path,
    format,
    leg,
    onProgress,
    signal: io.signal,
  });
  if (shown >= 0) terminal?.write('\r\u001b[K');
  const { recording: one, byteCount } = downloaded;
  if (values.json === true) return io.out(JSON.stringify({ path, format, ...one }));
  const checksum = format === 'mkv' ? `  sha256 ${one.sha256 ?? ''}` : '';
  io.out(`${path}  ${seconds(one.durationMs)}  ${byteCount} bytes${checksum}${holesOf(one)}`);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function lineOf(one: Recording): string {
  const { leg, state, startedAt = '', durationMs, byteCount, problem } = one;
  const more = [byteCount === undefined ? undefined : `${byteCount} bytes`, problem];
  const told = [`leg ${leg}`, state, startedAt, seconds(durationMs), ...more].filter((part) => part);
  return `${told.join('  ')}${holesOf(one)}`;
}

function holesOf({ holes }: Recording): string {
  const lostMs = holes.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);
  return holes.length === 0 ? '' : `  ${seconds(lostMs)} lost in ${holes.length} places`;
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
