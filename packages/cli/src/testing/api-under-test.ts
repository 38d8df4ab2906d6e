import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CliIo, Verb } from '../verb.ts';

export interface AskedOfApi {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

interface VerbResult {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

/** A server in the place of the API, and verbs that are run against it in a folder of their own. */
export interface ApiUnderTest {
  /** Requests in the order they came; taken out by the test when it likes. */
  readonly asked: AskedOfApi[];
  /** Answers the requests from now on. */
  answer(respond: (asked: AskedOfApi) => { readonly status?: number; readonly body?: unknown }): void;
  /** Writes a file into the folder and answers its path. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  run(verb: Verb, ...args: readonly string[]): Promise<VerbResult>;
  /** Ctrl-C is the signal. */
  runUntil(signal: AbortSignal, verb: Verb, ...args: readonly string[]): Promise<VerbResult>;
  /** With a text on standard input. */
  runWith(input: string, verb: Verb, ...args: readonly string[]): Promise<VerbResult>;
  close(): Promise<void>;
}

export async function startApiUnderTest(): Promise<ApiUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-cli-'));
  const asked: AskedOfApi[] = [];
  let respond: Parameters<ApiUnderTest['answer']>[0] = () => ({ status: 404 });
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url: path = '' } = request;
      const one = { method, path, body: body === '' ? undefined : (JSON.parse(body) as unknown) };
      asked.push(one);
      const { status = 200, body: answered } = respond(one);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(answered === undefined ? undefined : JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const system = ['--base-url', `http://127.0.0.1:${port}`, '--api-id', 'id', '--api-secret', 'secret'];
  const run = async (
    given: Partial<Pick<CliIo, 'signal' | 'input'>>,
    verb: Verb,
    args: readonly string[],
  ): Promise<VerbResult> => {
    const lines: string[] = [];
    const io: CliIo = {
      out: (line) => void lines.push(line),
      err: () => undefined,
      input: (async function* () {})(),
      terminal: undefined,
      cwd: folder,
      signal: new AbortController().signal,
      ...given,
    };
    return { exitCode: await verb.run([...args, ...system], io), lines };
  };
  return {
    asked,
    answer: (next) => void (respond = next),
    async file(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    run: (verb, ...args) => run({}, verb, args),
    runUntil: (signal, verb, ...args) => run({ signal }, verb, args),
    runWith: (input, verb, ...args) => run({ input: Readable.from([Buffer.from(input)]) }, verb, args),
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}
