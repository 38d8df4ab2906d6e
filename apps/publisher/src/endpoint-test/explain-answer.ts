import type { PostOutcome } from '../post.ts';
import { explainTlsFailure } from './explain-tls-failure.ts';
import { codeOf, type TestFailure } from './test-failure.ts';

/**
 * What was wrong with the POST of a test, once connection and token had been had; undefined: it was delivered.
 *
 * @param tlsRefusal code of the alert with which the target cuts connections after the handshake
 */
export function explainAnswer(
  outcome: Exclude<PostOutcome, { type: 'aborted' }>,
  url: URL,
  timeoutMs: number,
  tlsRefusal: string | undefined,
): TestFailure | undefined {
  switch (outcome.type) {
    case 'answered':
      return explainStatus(outcome.status);
    case 'timed-out': {
      const remedy = 'Let the target answer before it works on the message, or raise timeoutMs';
      return { stage: 'response', error: `The target did not answer within ${timeoutMs} ms`, remedy };
    }
    case 'broken':
      return explainBreak(outcome.cause, tlsRefusal, url);
  }
}

function explainStatus(status: number): TestFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const remedy = STATUS_REMEDIES.get(status) ?? remedyOfClass(status);
  return { stage: 'response', error: `The target answered ${status}, not 2xx`, remedy, status };
}

const CREDENTIALS = 'Check the strategies of the endpoint: the target does not accept these credentials';
const STATUS_REMEDIES: ReadonlyMap<number, string> = new Map([
  [401, CREDENTIALS],
  [403, CREDENTIALS],
  [404, 'Check the path in url: the target knows nothing there'],
  [405, 'Let the target accept POST at this path'],
  [410, 'Correct url, or enable the path at the target: a real message would disable the endpoint now'],
  [413, 'Let the target accept bodies of 64 KiB'],
  [415, 'Let the target accept application/json'],
  [429, 'Raise the rate limit of the target, or set ratePerSecondMax of the endpoint'],
]);

function remedyOfClass(status: number): string {
  if (status < 400) return 'Set url to the address it redirects to: redirects are not followed';
  return status < 500
    ? 'Let the target answer 2xx to whatever it has received'
    : 'Look at the log of the target, or of the proxy before it';
}

/** With TLS 1.3 a target refuses a client certificate only after the handshake, some without a word. */
function explainBreak(cause: unknown, tlsRefusal: string | undefined, url: URL): TestFailure {
  const code = tlsRefusal ?? codeOf(cause);
  if (/^ERR_SSL_.*ALERT/.test(code)) {
    return explainTlsFailure(code, { host: url.hostname, hasOwnAuthority: false, certificate: undefined });
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    const remedy = 'Let the target answer with fewer or shorter headers';
    return { stage: 'response', error: 'The headers of the answer exceed what is read of them', remedy };
  }
  if (cause instanceof Error && cause.name === 'HTTPParserError') {
    const remedy = 'Correct the port in url: what listens there does not speak HTTP';
    return { stage: 'response', error: 'The target answered something that is not HTTP', remedy };
  }
  const clue =
    url.protocol === 'https:'
      ? 'if it asks for a client certificate, it may not trust this one'
      : 'if it speaks TLS at this port, url must begin with https';
  const remedy = `Look at the log of the target, which closed the connection before it answered; ${clue}`;
  return { stage: 'request', error: `The connection broke before an answer came (${code})`, remedy };
}
