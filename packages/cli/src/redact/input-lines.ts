import { CliError } from '../verb.ts';

/** UTF-16 units of one line; a turn is masked whole from 20 000 on, so that nothing longer is of use. */
const LINE_CHARS_MAX = 1_000_000;

/**
 * The lines of UTF-8 bytes, without their ends (LF or CRLF); a last line needs none. Each is given as soon as its end
 * is read. Throws `CliError` at a line of more than 1 000 000 characters.
 */
export async function* inputLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let lineCount = 0;
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      lineCount += 1;
      yield withoutReturn(checked(line, lineCount));
    }
    checked(rest, lineCount + 1);
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutReturn(rest);
}

function checked(line: string, number: number): string {
  if (line.length <= LINE_CHARS_MAX) return line;
  throw new CliError(`Cannot read line ${number}: it exceeds limit ${LINE_CHARS_MAX} characters`);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
