import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One line of an app's log. */
export type LogRecord = Readonly<Record<string, unknown>>;

export interface NodeProcessOptions {
  /** All that is in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** More arguments of Node.js, before the file. */
  readonly nodeArguments?: readonly string[];
  /** Each line that it logs on standard error; what is no JSON object comes as `{ text }`. */
  readonly onRecord?: (record: LogRecord) => void;
}

export interface NodeProcess {
  readonly pid: number;
  /** `http://127.0.0.1:PORT` */
  readonly baseUrl: string;
  /** The exit code; `null` after a kill. */
  readonly exited: Promise<number | null>;
  /** Sends the signal, if the process still runs, and answers what `exited` does. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Runs a `main.ts` from its source as a process of its own and waits for its ready line; throws when it ends before. */
export async function startNodeProcess(main: URL, options: NodeProcessOptions): Promise<NodeProcess> {
  const { env, nodeArguments = [], onRecord = () => undefined } = options;
  const file = fileURLToPath(main);
  const child = spawn(process.execPath, ['--conditions=earshot-source', ...nodeArguments, file], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
  const lastRecords: LogRecord[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    const record = readRecord(line);
    lastRecords.push(record);
    if (lastRecords.length > 5) lastRecords.shift();
    onRecord(record);
  });
  const said = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const first = await Promise.race([said, exited]);
  const port = typeof first === 'string' ? readRecord(first)['port'] : undefined;
  if (typeof port !== 'number' || child.pid === undefined) {
    child.kill('SIGKILL');
    throw new Error(`Cannot run ${file}: ${JSON.stringify(lastRecords)}`);
  }
  return {
    pid: child.pid,
    baseUrl: `http://127.0.0.1:${port}`,
    exited,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return await exited;
    },
  };
}

function readRecord(line: string): LogRecord {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { text: line };
}
