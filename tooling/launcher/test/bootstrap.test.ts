import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseCommandLine } from '../bootstrap/commands.mjs';
import { fingerprint, sourceFiles, workspacePackages } from '../bootstrap/fingerprint.mjs';
import { npmFilesFor } from '../bootstrap/install-pinned.mjs';
import { formatFailure, LauncherFailure } from '../bootstrap/launcher-failure.mjs';
import { withoutNpmSettings } from '../bootstrap/npm-environment.mjs';
import { createProgress } from '../bootstrap/progress.mjs';
import { runQuietly } from '../bootstrap/run-quietly.mjs';
import { isNewEnough, nodePackageFor, pnpmPackageFor, readToolchainLock } from '../bootstrap/toolchain.mjs';

describe('isNewEnough', () => {
  it.each([
    { given: '22.18.0', want: true },
    { given: 'v24.0.0', want: true },
    { given: '22.18.1', want: true },
    { given: '23.0.0-nightly', want: true },
    { given: '22.17.9', want: false },
    { given: '20.20.2', want: false },
    { given: '9.99.99', want: false },
  ])('says $want for $given against 22.18.0', ({ given, want }) => {
    expect(isNewEnough(given, '22.18.0')).toBe(want);
  });
});

describe('readToolchainLock', () => {
  const lock = readToolchainLock();
  const pinned = [
    ...Object.values(lock.node.platforms),
    ...Object.values(lock.pnpm.platforms),
    lock.pnpm.otherwise,
  ];

  it('pins every package to an exact version and a SHA-512 of its bytes', () => {
    for (const { version, integrity } of pinned) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(Buffer.from(integrity.replace(/^sha512-/, ''), 'base64')).toHaveLength(64);
    }
  });

  it('pins no Node that would itself be too old', () => {
    for (const { version } of Object.values(lock.node.platforms)) {
      expect(isNewEnough(version, lock.node.oldestAccepted)).toBe(true);
    }
  });

  it('knows Node for both Linux and both macOS kinds, and pnpm for every platform', () => {
    for (const platform of ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']) {
      expect(nodePackageFor(lock, platform)).toBeDefined();
      expect(pnpmPackageFor(lock, platform).version).toBe(lock.pnpm.otherwise.version);
    }
    expect(nodePackageFor(lock, 'plan9-mips')).toBe(undefined);
  });
});

describe('npmFilesFor', () => {
  it('makes npm check the recorded integrity and leaves the registry to its settings', () => {
    const { manifest, lock } = npmFilesFor({ name: '@a/b', version: '1.2.3', integrity: 'sha512-x' });
    expect(manifest.dependencies).toEqual({ '@a/b': '1.2.3' });
    expect(lock.packages['node_modules/@a/b']).toEqual({ version: '1.2.3', integrity: 'sha512-x' });
    expect(JSON.stringify(lock)).not.toContain('resolved');
  });
});

describe('withoutNpmSettings', () => {
  it('drops what belongs to one npm run and keeps what reaches the registry', () => {
    const given = {
      PATH: '/bin',
      npm_config_registry: 'https://registry.example',
      npm_config_local_prefix: '/checkout',
      npm_config_loglevel: 'silent',
      npm_package_name: 'earshot',
      npm_lifecycle_event: 'start',
    };
    expect(withoutNpmSettings(given)).toEqual({
      PATH: '/bin',
      npm_config_registry: 'https://registry.example',
    });
  });
});

describe('parseCommandLine', () => {
  it('separates the command from its arguments', () => {
    expect(parseCommandLine(['start', '--once'])).toMatchObject({
      kind: 'run',
      name: 'start',
      args: ['--once'],
    });
    expect(parseCommandLine(['verify:all'])).toMatchObject({ kind: 'run', name: 'verify:all' });
  });

  it.each([
    { given: [], text: 'npm start', exitCode: 0 },
    { given: ['--help'], text: 'npm start', exitCode: 0 },
    { given: ['start', '--help'], text: '--no-demo', exitCode: 0 },
    { given: ['start', '--once', '--help'], text: '--no-demo', exitCode: 0 },
    { given: ['strat'], text: 'There is no command strat', exitCode: 2 },
    { given: ['constructor'], text: 'There is no command', exitCode: 2 },
  ])('prints "$text" for $given', ({ given, text, exitCode }) => {
    expect(parseCommandLine(given)).toMatchObject({
      kind: 'print',
      text: expect.stringContaining(text),
      exitCode,
    });
  });

  it('leaves the --help of a benchmark to the benchmark', () => {
    expect(parseCommandLine(['bench', 'demux', '--help'])).toMatchObject({ kind: 'run' });
  });
});

describe('createProgress', () => {
  it('prints a line with the time for a step that did something', async () => {
    const lines: string[] = [];
    const times = [0, 3_600];
    const progress = createProgress({ write: (text) => lines.push(text), now: () => times.shift() ?? 0 });
    await progress.step('Node 24', async () => 'done');
    expect(lines.join('')).toMatch(/✓ Node 24 +3\.6 s\n/);
  });

  it('stays quiet about a step that had nothing to do', async () => {
    const lines: string[] = [];
    await createProgress({ write: (text) => lines.push(text) }).step('Build', async () => 'unchanged');
    expect(lines).toEqual([]);
  });
});

describe('runQuietly', () => {
  const options = {
    cwd: tmpdir(),
    env: process.env,
    what: 'Sample',
    remedy: 'Try again.',
    timeoutMs: 10_000,
  };

  it('fails with the last lines and the remedy', async () => {
    const script = 'console.error("npm warn Unknown user config x"); console.log("first"); process.exit(4)';
    const failure = await runQuietly(process.execPath, ['-e', script], options).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(LauncherFailure);
    expect(failure).toMatchObject({ message: 'Sample failed: exit code 4', output: ['first'] });
  });

  it('fails with the remedy when the program is missing', async () => {
    await expect(runQuietly('/nowhere/x', [], options)).rejects.toMatchObject({ remedy: 'Try again.' });
  });

  it.each([
    { given: ['SIGTERM'] as const, want: ['SIGTERM', 'ended'] },
    { given: ['SIGINT', 'SIGINT'] as const, want: ['SIGINT'] },
    { given: ['SIGINT'] as const, want: ['SIGINT'] },
  ])('ends after its program at $given, which it kills when it does not end', async ({ given, want }) => {
    const module = new URL('../bootstrap/run-quietly.mjs', import.meta.url).href;
    const directory = await mkdtemp(join(tmpdir(), 'earshot-signals-'));
    const program = `const { appendFileSync } = require('node:fs');
      const tell = (line) => appendFileSync('told', line + '\\n');
      const kept = setInterval(() => {}, 1000);
      process.on('SIGINT', () => tell('SIGINT'));
      process.on('SIGTERM', () => { tell('SIGTERM'); setImmediate(() => { tell('ended'); clearInterval(kept); }); });
      tell('up');`;
    const script = `import { runQuietly } from ${JSON.stringify(module)};
      await runQuietly(process.execPath, ['-e', ${JSON.stringify(program)}], {
        cwd: '.', env: process.env, what: 'Sample', remedy: 'Try again.', timeoutMs: 60_000 });`;
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: directory,
      stdio: 'inherit',
    });
    const closed = once(launcher, 'close');
    const told = async () =>
      (await readFile(join(directory, 'told'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
    for (const [index, signal] of given.entries()) {
      await vi.waitUntil(async () => (await told()).length > index, { timeout: 60_000, interval: 20 });
      launcher.kill(signal);
    }
    expect(await closed).toEqual([null, given[0]]);
    expect(await told()).toEqual(['up', ...want]);
    await rm(directory, { recursive: true, force: true });
  });
});

describe('formatFailure', () => {
  it('shows the output first, then what failed and what to do', () => {
    const failure = new LauncherFailure('Building failed', { remedy: 'Mend it.', output: ['a fault'] });
    expect(formatFailure(failure)).toBe('\n    a fault\n\n✗ Building failed\n  Mend it.\n');
  });
});

describe('fingerprint', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'earshot-fingerprint-'));
    await mkdir(join(root, 'packages', 'a', 'src'), { recursive: true });
    await mkdir(join(root, 'packages', 'a', 'node_modules', 'x'), { recursive: true });
    await mkdir(join(root, 'packages', 'not-a-package'), { recursive: true });
    await writeFile(join(root, 'packages', 'a', 'package.json'), '{}');
    await writeFile(join(root, 'packages', 'a', 'src', 'index.ts'), 'one');
    await writeFile(join(root, 'packages', 'a', 'src', 'index.test.ts'), 'one');
    await writeFile(join(root, 'packages', 'a', 'node_modules', 'x', 'index.ts'), 'one');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('covers the sources of each package, without tests and dependencies', () => {
    expect(workspacePackages(root)).toEqual([join('packages', 'a')]);
    expect(sourceFiles(root, 'packages/a')).toEqual([
      join('packages', 'a', 'package.json'),
      join('packages', 'a', 'src', 'index.ts'),
    ]);
  });

  it('changes with content, names and missing files, and with nothing else', async () => {
    const files = sourceFiles(root, 'packages/a');
    const first = fingerprint(root, files);
    expect(fingerprint(root, files)).toBe(first);
    expect(fingerprint(root, [...files, 'missing'])).not.toBe(first);
    await writeFile(join(root, 'packages', 'a', 'src', 'index.ts'), 'two');
    expect(fingerprint(root, files)).not.toBe(first);
  });
});
