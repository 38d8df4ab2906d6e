/**
 * Loaded into an app before it starts: ends it by SIGKILL at one step of one request, as a crash at that moment would. Steps
 * are what changes something outside: a statement that writes, as soon as it was sent, and a file, once it is deleted.
 *
 * DIE_IN is the request, `DELETE /path`; DIE_AT is a number and of what: `rm`, the first word of a statement, or `any`.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import pg from 'pg';

const REQUEST = process.env['DIE_IN'];
const [NUMBER = '', KIND = ''] = (process.env['DIE_AT'] ?? '').split(' ');
const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'with', 'commit']);

const requests = new AsyncLocalStorage<{ stepCount: number }>();

function step(kind: string): void {
  const request = requests.getStore();
  if (request === undefined || (KIND !== 'any' && KIND !== kind)) return;
  request.stepCount += 1;
  if (request.stepCount === Number(NUMBER)) process.kill(process.pid, 'SIGKILL');
}

subscribe('http.server.request.start', (message) => {
  if (requestLine(message) === REQUEST) requests.enterWith({ stepCount: 0 });
});

const { query } = pg.Client.prototype;
Object.assign(pg.Client.prototype, {
  query(this: pg.Client, ...given: readonly unknown[]): unknown {
    const answer: unknown = Reflect.apply(query, this, given);
    const [kind = ''] = statementText(given[0]).trimStart().split(/\s/, 1);
    if (WRITES.has(kind)) step(kind);
    return answer;
  },
});

const { rm } = files;
Object.assign(files, {
  async rm(...given: Parameters<typeof rm>) {
    await rm(...given);
    step('rm');
  },
});
syncBuiltinESMExports();

function requestLine(message: unknown): string | undefined {
  const request = field(message, 'request');
  return `${String(field(request, 'method'))} ${String(field(request, 'url'))}`;
}

function statementText(statement: unknown): string {
  return String(typeof statement === 'string' ? statement : field(statement, 'text'));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
