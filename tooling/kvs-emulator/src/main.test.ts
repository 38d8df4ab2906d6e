import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

describe('main', () => {
  it('tells its port in one line, serves, and ends in order on SIGTERM', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const env = { PATH: process.env['PATH'], PORT: '0' };
    const child = spawn(process.execPath, ['--conditions=earshot-source', main], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [line] = await once(child.stdout, 'data');
    const { ready, port }: { ready: boolean; port: number } = JSON.parse(String(line));
    expect(ready).toBe(true);
    const answer = await fetch(`http://127.0.0.1:${port}/listStreams`, { method: 'POST', body: '{}' });
    expect(await answer.json()).toEqual({ StreamInfoList: [] });
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});

describe('parseConfig', () => {
  const noFile = (path: string): string => {
    throw new Error(`there is no ${path}`);
  };

  it.each([
    { given: {}, want: { host: '127.0.0.1', port: 0, faults: [] } },
    { given: { HOST: '0.0.0.0', PORT: '4566' }, want: { host: '0.0.0.0', port: 4566, faults: [] } },
  ])('reads $given', ({ given, want }) => expect(parseConfig(given, noFile)).toEqual(want));

  it('reads fault plans from the file named', () => {
    const plans = [{ streamName: '*', faults: [{ kind: 'cut', afterBytes: 1000 }] }];
    const { faults } = parseConfig({ KVS_FAULTS_FILE: 'f.json' }, () => JSON.stringify(plans));
    expect(faults).toEqual(plans);
  });

  it.each([
    { given: { PORT: 'x' }, text: '', want: 'PORT "x"' },
    { given: { KVS_FAULTS_FILE: 'f.json' }, text: '[', want: 'KVS_FAULTS_FILE f.json' },
    {
      given: { KVS_FAULTS_FILE: 'f.json' },
      text: '[{"streamName":"s","faults":[{"kind":"cut"}]}]',
      want: 'f.json: Cannot use fault plan: plans[0].faults[0].afterBytes is missing',
    },
  ])('refuses $want', ({ given, text, want }) => {
    expect(() => parseConfig(given, () => text)).toThrow(want);
  });
});
