import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

const AT = (url: string) => ['--base-url', url, '--api-id', 'id', '--api-secret', 'secret'];

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

async function earshot(args: readonly string[], unread?: 'stdout' | 'stderr'): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=earshot-source', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  if (unread !== undefined) child[unread].destroy();
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, output, errors };
}

describe('earshot', () => {
  it('tells its commands, and each of them its options', async () => {
    const { exitCode, output } = await earshot(['--help']);
    expect(exitCode).toBe(0);
    for (const verb of [
      'simulate',
      'play',
      'listen',
      'follow',
      'transcribe',
      'evaluate',
      'inspect',
      'redact',
      'redaction',
    ]) {
      expect(output).toContain(verb);
      expect(await earshot([verb, '--help'])).toMatchObject({ exitCode: 0, errors: '' });
    }
  });

  it('tells the options of the command behind help, and its own where there is none', async () => {
    expect((await earshot(['help', 'inspect'])).output).toMatch(/^earshot inspect FILE/);
    expect((await earshot(['help', 'sing'])).output).toMatch(/^earshot COMMAND/);
  });

  const misuse = [
    { given: 'a command there is not', args: ['sing'], want: 'there is no command sing' },
    { given: 'an option there is not', args: ['inspect', '--loud'], want: '--loud' },
    { given: 'a manifest that is not named', args: ['evaluate'], want: '--manifest is missing' },
    { given: 'a manifest there is not', args: ['evaluate', '--manifest', 'a.tsv'], want: 'a.tsv' },
    { given: 'a call that is not named', args: ['follow'], want: 'expected the guid of one call' },
    {
      given: 'a base URL that is none',
      args: ['keys', 'list', ...AT('nope')],
      want: '--base-url nope: expected',
    },
    {
      given: 'an empty id',
      args: ['keys', 'revoke', '', ...AT('http://127.0.0.1:1')],
      want: 'neither an id',
    },
    { given: 'a folder', args: ['inspect', '/'], want: 'Cannot read /: it is a folder' },
    { given: 'a missing side', args: ['play', '--customer', 'a.wav'], want: 'a.wav' },
  ];
  for (const { given, args, want } of misuse) {
    it(`says what is wrong with ${given}`, async () => {
      const { exitCode, output, errors } = await earshot(args);
      expect(exitCode).not.toBe(0);
      expect(errors).toContain(want);
      expect(errors).not.toContain('--base-url URL');
      expect(output).toBe('');
    });
  }

  it('tells its exit code where nobody reads its errors', async () => {
    expect(await earshot(['sing'], 'stderr')).toMatchObject({ exitCode: 2, output: '' });
  });

  it('ends quietly when its reader has seen enough', async () => {
    expect(await earshot(['--help'], 'stdout')).toMatchObject({ errors: '' });
  });
});
