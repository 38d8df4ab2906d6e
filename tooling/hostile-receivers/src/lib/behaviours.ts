import type { ServerResponse } from 'node:http';

/** What a target does with one request it has read. */
export type Behaviour = (response: ServerResponse) => void;

const MEGABYTE = 1024 * 1024;
/** Where cloud machines keep their credentials. */
export const METADATA_URL = 'http://169.254.169.254/latest/meta-data/';

/** Answers 2xx like a target in good health. */
export const accept: Behaviour = (response) => void response.writeHead(204).end();

/** Takes the request and never says a word. */
export const staySilent: Behaviour = () => undefined;

/** Answers 200, but only after `delayMs`. */
export function acceptAfter(delayMs: number): Behaviour {
  return (response) => {
    const timer = setTimeout(() => response.writeHead(200).end(), delayMs);
    response.once('close', () => clearTimeout(timer));
  };
}

/** Sends the head of an answer and one byte of its body, then nothing, on an open connection. */
export function hangAfterHead(status: number): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-length': '100' });
    response.write('{');
  };
}

/** Promises 100 bytes of body, sends one and resets the connection. */
export function resetInBody(status: number): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-length': '100' });
    response.write('{', () => response.socket?.resetAndDestroy());
  };
}

/** Resets the connection before any answer. */
export const resetBeforeAnswer: Behaviour = (response) => void response.socket?.resetAndDestroy();

/** Sends the caller elsewhere. */
export function redirectTo(location: string, status = 301): Behaviour {
  return (response) => void response.writeHead(status, { location }).end();
}

/** Answers a status, with headers, at once. */
export function answer(status: number, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (response) => void response.writeHead(status, headers).end();
}

/** Answers with a body of `bytes`, as fast as it is read; `onWritten` is told of each piece. */
export function answerLong(
  status: number,
  bytes: number,
  onWritten: (bytes: number) => void = () => undefined,
): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-length': String(bytes) });
    let leftBytes = bytes;
    const write = (): void => {
      while (leftBytes > 0 && !response.destroyed) {
        const piece = Buffer.alloc(Math.min(leftBytes, MEGABYTE / 16), 'x');
        leftBytes -= piece.length;
        onWritten(piece.length);
        if (!response.write(piece)) return void response.once('drain', write);
      }
      response.end();
    };
    write();
  };
}

/** Behaves as the list says, one request after the other; the last goes on for ever. */
export function inTurn(...behaviours: readonly [Behaviour, ...Behaviour[]]): Behaviour {
  let count = 0;
  return (response) => {
    const behave = behaviours[Math.min(count, behaviours.length - 1)] ?? behaviours[0];
    count += 1;
    behave(response);
  };
}
