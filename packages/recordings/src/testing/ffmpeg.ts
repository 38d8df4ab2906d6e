import { execFileSync, spawnSync } from 'node:child_process';

/** Whether the independent player that some tests compare with is there. */
export const hasFfmpeg = ['ffmpeg', 'ffprobe'].every(
  (tool) => spawnSync(tool, ['-version'], { stdio: 'ignore' }).error === undefined,
);

/** What ffmpeg writes to its standard output. */
export function ffmpeg(...args: readonly string[]): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...args, '-'], { maxBuffer: 64 * 1024 * 1024 });
}

/** What ffprobe tells of a file, as its JSON has it. */
export function ffprobe(file: string, ...args: readonly string[]): unknown {
  const text = execFileSync('ffprobe', ['-v', 'error', '-of', 'json', ...args, file], { encoding: 'utf8' });
  return JSON.parse(text);
}
