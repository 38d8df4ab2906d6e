import { execFileSync, spawnSync } from 'node:child_process';

/** Whether the independent reader that some tests compare with is there. */
export const hasFfprobe = spawnSync('ffprobe', ['-version'], { stdio: 'ignore' }).error === undefined;

/** SHA-256 of every packet's data by stream, in file order, as ffprobe reads them. */
export function probeHashes(file: string): Map<number, string[]> {
  const entries = [
    '-show_packets',
    '-show_entries',
    'packet=stream_index,data_hash',
    '-show_data_hash',
    'SHA256',
  ];
  const text = execFileSync('ffprobe', ['-v', 'quiet', ...entries, '-of', 'compact=p=0', file], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const hashes = new Map<number, string[]>();
  for (const [, stream, hash = ''] of text.matchAll(/stream_index=(\d+)\|data_hash=SHA256:([0-9a-f]+)/gi)) {
    const ofStream = hashes.get(Number(stream)) ?? [];
    ofStream.push(hash.toLowerCase());
    hashes.set(Number(stream), ofStream);
  }
  return hashes;
}
