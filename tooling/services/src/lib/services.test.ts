import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, processIdentity } from './process-identity.ts';
import { startPostgres, type RunningService } from './postgres.ts';
import { startRedis } from './redis.ts';

let directory: string;
const started: RunningService[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'earshot-services-'));
  await chmod(directory, 0o711);
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.stop()));
  await rm(directory, { recursive: true, force: true });
});

async function postgres(
  options: { port?: number; log?: (line: string) => void } = {},
): Promise<RunningService> {
  const service = await startPostgres({ directory, settings: { fsync: 'off' }, ...options });
  started.push(service);
  return service;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

async function answers(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Runs a program of ours in a process of its own; resolves with what it prints before it is killed. */
async function killedStarter(source: string): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--conditions=earshot-source', '--input-type=module-typescript', '-e', source],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: import.meta.dirname },
  );
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.includes('\n')) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return text.trim();
}

describe('startPostgres', () => {
  it('keeps data and password private, and starts again on the same data', async () => {
    const first = await postgres();
    expect(await answers(portOf(first.url))).toBe(true);
    await first.stop();
    expect(await answers(portOf(first.url))).toBe(false);
    expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600);
    const second = await postgres();
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
  });

  it('survives the lock file of a killed server whose number belongs to another process now', async () => {
    const first = await postgres();
    const pidFile = join(directory, 'cluster', 'postmaster.pid');
    const text = await readFile(pidFile, 'utf8');
    await first.stop();
    await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
    const second = await postgres();
    expect(await answers(portOf(second.url))).toBe(true);
  });

  it('refuses data that another living starter serves', async () => {
    const first = await postgres();
    await expect(postgres()).rejects.toMatchObject({ code: 'services.directory-in-use' });
    expect(isAlive(first.pid)).toBe(true);
  });

  it('ends with its starter even when that one is killed, and comes up again', async () => {
    const source = `
      import { startPostgres } from './postgres.ts';
      const service = await startPostgres({ directory: ${JSON.stringify(directory)} });
      console.log(service.pid);`;
    const pid = Number(await killedStarter(source));
    const again = await postgres();
    expect(await processIdentity(pid)).toBe(undefined);
    expect(await answers(portOf(again.url))).toBe(true);
  });

  it('begins anew where an initialisation was cut short', async () => {
    await mkdir(join(directory, 'cluster.new'));
    await writeFile(join(directory, 'cluster.new', 'PG_VERSION'), '18');
    const service = await postgres();
    expect(await answers(portOf(service.url))).toBe(true);
  });

  it('says why it cannot start on a taken port', async () => {
    const first = await postgres();
    const other = await mkdtemp(join(tmpdir(), 'earshot-services-'));
    await chmod(other, 0o711);
    await expect(startPostgres({ directory: other, port: portOf(first.url) })).rejects.toMatchObject({
      code: 'services.start-failed',
      message: expect.stringContaining('could not bind'),
    });
    await rm(other, { recursive: true, force: true });
  });

  it('puts the data elsewhere when its user cannot enter a private folder', async (context) => {
    // Only root needs to become another user.
    if (process.getuid?.() !== 0) return context.skip('needs root');
    directory = join(directory, 'private', 'state');
    await mkdir(join(directory, '..'), { mode: 0o700 });
    const lines: string[] = [];
    const service = await postgres({ log: (line) => lines.push(line) });
    const place = (await readFile(join(directory, 'cluster-path'), 'utf8')).trim();
    expect(lines.join('\n')).toContain(`its data are in ${place}`);
    await service.stop();
    await rm(place, { recursive: true, force: true });
  });
});

describe('startRedis', () => {
  it('asks for a password, keeps data in the folder and starts again on them', async (context) => {
    const first = await startRedis({ directory });
    if (!first) return context.skip('needs redis-server on PATH');
    started.push(first);
    expect(await redisCommands(first.url, ['PING'], { login: false })).toContain('NOAUTH');
    expect(await redisCommands(first.url, ['SET mark kept', 'CONFIG GET maxmemory-policy'])).toContain(
      'noeviction',
    );
    await first.stop();
    const second = await startRedis({ directory });
    if (!second) throw new Error('Redis was there a moment ago');
    started.push(second);
    expect(await redisCommands(second.url, ['GET mark'])).toContain('kept');
  });
});

async function redisCommands(url: string, commands: string[], { login } = { login: true }): Promise<string> {
  const socket = connect({ port: portOf(url), host: '127.0.0.1' });
  const all = [...(login ? [`AUTH ${new URL(url).password}`] : []), ...commands, 'QUIT'];
  socket.write(all.map((command) => `${command}\r\n`).join(''));
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}
