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
  it.each([
    { given: {}, want: { host: '127.0.0.1', port: 0 } },
    { given: { HOST: '0.0.0.0', PORT: '4566' }, want: { host: '0.0.0.0', port: 4566 } },
  ])('reads $given', ({ given, want }) => expect(parseConfig(given)).toEqual(want));

  it('refuses a port that is none', () => expect(() => parseConfig({ PORT: 'x' })).toThrow('PORT "x"'));
});
