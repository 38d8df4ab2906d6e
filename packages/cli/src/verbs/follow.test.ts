import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError, type CliIo } from '../verb.ts';
import { follow } from './follow.ts';

async function serverOf(answers: readonly string[]) {
  const left = [...answers];
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.headers['earshot-api-secret'] !== 'secret') return void response.writeHead(401).end('{}');
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(left.shift() ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    asked,
    system: ['--base-url', `http://127.0.0.1:${port}`, '--api-id', 'id', '--api-secret', 'secret'],
  };
}

function recordingIo(): { readonly io: CliIo; readonly lines: string[] } {
  const lines: string[] = [];
  const io: CliIo = {
    out: (line) => void lines.push(line),
    err: () => undefined,
    input: (async function* () {})(),
    terminal: undefined,
    cwd: '/',
    signal: new AbortController().signal,
  };
  return { io, lines };
}

const said = (id: string): string =>
  `id: ${id}\nevent: message\ndata: {"text":"${id}","sender":{"role":"agent"},"startMs":1000}\n\n`;
const END = 'event: end\ndata: {"sessionId":"s","callState":"ended"}\n\n';

describe('earshot follow', () => {
  it('prints each utterance once, over a broken connection, and ends with the call', async () => {
    const { asked, system } = await serverOf([said('one'), said('two') + END]);
    const { io, lines } = recordingIo();
    expect(await follow.run(['a/b', '--partials', ...system], io)).toBe(0);
    expect(lines).toEqual([
      '    1.0 s  agent     one',
      '    1.0 s  agent     two',
      '           session s ended, the call is ended',
    ]);
    expect(asked).toEqual(Array.from({ length: 2 }, () => '/earshot/v1/calls/a%2Fb/live?partials=true'));
  });

  it('fails with what the server says', async () => {
    const { system } = await serverOf([]);
    const { io } = recordingIo();
    const wrong = follow.run(['guid', ...system.slice(0, -1), 'wrong'], io);
    await expect(wrong).rejects.toMatchObject({ status: 401 });
  });

  it.each([[[]], [['one', 'two']]])('is called wrongly with %j', async (args) => {
    await expect(follow.run(args, recordingIo().io)).rejects.toThrow(UsageError);
  });
});
