import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isAlive, processIdentity } from './process-identity.ts';

describe('processIdentity', () => {
  it('is the same each time it is asked', async () => {
    const identity = await processIdentity(process.pid);
    expect(identity).toBeTypeOf('string');
    expect(await processIdentity(process.pid)).toBe(identity);
  });

  it('is undefined for a process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    expect(await processIdentity(child.pid ?? 0)).toBe(undefined);
  });

  it('is undefined for a process that has ended but was not reaped', async () => {
    // The shell becomes `sleep`, which never reaps the background process that it inherits.
    const parent = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [text] = await once(parent.stdout, 'data');
    await expect.poll(() => processIdentity(Number(String(text)))).toBe(undefined);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });
});

describe('isAlive', () => {
  it('sees processes of other users too', () => {
    expect(isAlive(1)).toBe(true);
  });
});
