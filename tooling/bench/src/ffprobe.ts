import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

export interface ProbedPacket {
  /** Counts from 0 in the order of Tracks. */
  readonly streamIndex: number;
  readonly bytes: number;
  /** Lower-case hexadecimal; absent unless asked for. */
  readonly sha256?: string;
}

/** The packets of a file as ffprobe reads them; `undefined` where ffprobe is not installed. */
export async function probePackets(
  file: string,
  { hashes = false }: { readonly hashes?: boolean } = {},
): Promise<ProbedPacket[] | undefined> {
  const entries = `packet=stream_index,size${hashes ? ',data_hash' : ''}`;
  const args = ['-v', 'quiet', '-show_packets', '-show_entries', entries, '-of', 'compact=p=0'];
  if (hashes) args.push('-show_data_hash', 'SHA256');
  const { stdout } = await run('ffprobe', [...args, file], { maxBuffer: OUTPUT_BYTES_MAX }).catch(
    (error: NodeJS.ErrnoException & { readonly stdout?: string }) => {
      if (error.code === 'ENOENT') return { stdout: undefined };
      // It says by its exit code that it could not read all; what it could read counts.
      if (typeof error.code === 'number') return { stdout: error.stdout ?? '' };
      throw error;
    },
  );
  return stdout?.split('\n').flatMap((line) => {
    const fields = new Map(
      line.split('|').map((field): [string, string] => {
        const [name = '', value = ''] = field.split('=');
        return [name, value];
      }),
    );
    const bytes = Number(fields.get('size') ?? Number.NaN);
    if (!Number.isSafeInteger(bytes)) return [];
    const sha256 = fields.get('data_hash')?.split(':').at(-1)?.toLowerCase();
    return [
      { streamIndex: Number(fields.get('stream_index')), bytes, ...(sha256 === undefined ? {} : { sha256 }) },
    ];
  });
}
