import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Verb } from '../verb.ts';

export interface AskedOfApi {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** A server in the place of the API, and verbs that are run against it in a folder of their own. */
export interface ApiUnderTest {
  /** Requests in the order they came; taken out by the test when it likes. */
  readonly asked: AskedOfApi[];
  /** Answers the requests from now on. */
  answer(respond: (asked: AskedOfApi) => { readonly status?: number; readonly body?: unknown }): void;
  /** Writes a file into the folder and answers its path. */
  file(name: string, content: string): Promise<string>;
  run(verb: Verb, ...args: readonly string[]): Promise<{ exitCode: number; lines: readonly string[] }>;
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
  return {
    asked,
    answer: (next) => void (respond = next),
    async file(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    async run(verb, ...args) {
      const lines: string[] = [];
      const io = {
        out: (line: string) => void lines.push(line),
        err: () => undefined,
        input: (async function* () {})(),
        terminal: undefined,
        cwd: folder,
        signal: new AbortController().signal,
      };
      return { exitCode: await verb.run([...args, ...system], io), lines };
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}
