import type { Readable } from 'node:stream';

/** A longer line is cut here, so that a program that never ends its line cannot fill the memory. */
const LINE_LENGTH_MAX = 64 * 1024;

/** Calls `onLine` for every line of a text stream, the unfinished last one included. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let pending = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (pending + chunk).split('\n');
    pending = (lines.pop() ?? '').slice(0, LINE_LENGTH_MAX);
    for (const line of lines) onLine(line.slice(0, LINE_LENGTH_MAX));
  });
  stream.on('end', () => {
    if (pending !== '') onLine(pending);
  });
}
