import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { startKvsEmulator, type KvsEmulator } from '@earshot/kvs-emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentWav } from '../testing/silent-wav.ts';
import { play } from './play.ts';

let emulator: KvsEmulator;
let folder: string;

beforeEach(async () => {
  emulator = await startKvsEmulator({ drainMsMax: 20, idleMsMax: 1000 });
  folder = await mkdtemp(join(tmpdir(), 'earshot-play-'));
});

afterEach(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

async function wav(name: string, seconds: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, silentWav(seconds));
  return path;
}

async function run(...args: readonly string[]): Promise<{ exitCode: number; output: string }> {
  const lines: string[] = [];
  const io = {
    out: (line: string) => lines.push(line),
    err: () => undefined,
    input: Readable.from([]),
    terminal: undefined,
    cwd: folder,
    signal: new AbortController().signal,
  };
  const exitCode = await play.run(['--endpoint', emulator.url, ...args], io);
  return { exitCode, output: lines.join('\n') };
}

async function twoSides(): Promise<string[]> {
  return ['--customer', await wav('a.wav', 4), '--agent', await wav('b.wav', 4), '--speed', '8'];
}

/** What a reader gets that begins before the call does. */
async function readWhilePlaying(streamName: string): Promise<number> {
  const StartSelector = { StartSelectorType: 'EARLIEST' };
  const ask = () =>
    fetch(`${emulator.url}/getMedia`, {
      method: 'POST',
      body: JSON.stringify({ StreamName: streamName, StartSelector }),
    });
  await expect.poll(() => emulator.fragments(streamName).length).toBeGreaterThan(0);
  const answer = await ask();
  return (await answer.arrayBuffer()).byteLength;
}

describe('play', () => {
  it('plays with the faults asked for and tells what struck', async () => {
    const playing = run(...(await twoSides()), '--stream', 's', '--fault', 'end:afterBytes=5000');
    expect(await readWhilePlaying('s')).toBe(5000);
    const { exitCode, output } = await playing;
    expect(exitCode).toBe(0);
    expect(output).toMatch(/struck {2}[\d:.]+ {2}end {2}GetMedia {2}fragment 0 {2}at byte 5000/);
    expect(output).toContain('faults struck: end 1');
  });

  it('takes faults from a file, and tells in JSON when nothing was read', async () => {
    const faults = [{ kind: 'missing', fragments: { every: 2 } }];
    await writeFile(join(folder, 'faults.json'), JSON.stringify({ faults }));
    const { output } = await run(...(await twoSides()), '--faults', 'faults.json', '--json');
    expect(JSON.parse(output)).toMatchObject({ fragments: 4, struck: [] });
  });

  it('lists every fault with its settings', async () => {
    const { output } = await run('--fault', 'list');
    for (const text of ['repeat-on-reconnect', 'afterBytes=N bytes (needed)', 'times=N strikes (default 1)'])
      expect(output).toContain(text);
    const { output: json } = await run('--fault', 'list', '--json');
    expect(JSON.parse(json)).toHaveProperty('catalogue');
  });

  it('says where a file is wrong before anything is played', async () => {
    await writeFile(join(folder, 'faults.json'), '[{"kind":"cut","afterBytes":-1}]');
    const played = run(...(await twoSides()), '--stream', 's', '--faults', 'faults.json');
    await expect(played).rejects.toThrow('plan.faults[0].afterBytes is not a whole number');
    expect(emulator.fragments('s')).toEqual([]);
  });

  it('says what to do when the endpoint is not the local one', async () => {
    await expect(run('--endpoint', 'http://127.0.0.1:9', '--fault', 'list')).rejects.toThrow('run npm start');
  });
});
