import { beforeAbort } from '@earshot/domain';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { certificateFacts, type CertificateFacts, type EgressPolicy, type TlsIdentity } from '@earshot/auth';
import { createGuardedConnector, type ResolveName } from '../guarded-connector.ts';
import { explainTlsFailure } from './explain-tls-failure.ts';
import { codeOf, type TestFailure } from './test-failure.ts';

export interface GreetTlsOptions {
  readonly policy: EgressPolicy;
  /** As for real messages. */
  readonly tls: TlsIdentity | undefined;
  readonly timeoutMs: number;
  readonly deadline: AbortSignal;
  readonly resolve: ResolveName | undefined;
  readonly nowMs: number;
}

export interface Greeting {
  /** Of the target; undefined when it showed none. */
  readonly certificate: CertificateFacts | undefined;
  readonly failure: TestFailure | undefined;
}

/**
 * Looks at the certificate without trusting it: the socket is closed before anything is sent, and shows no certificate of
 * ours.
 */
const LOOK_ONLY = { minVersion: 'TLSv1.2', rejectUnauthorized: false } as const;

/** How long a target may take to object to a handshake that is over. */
const REFUSAL_WAIT_MS = 1000;

/** A handshake over the connector of real messages, and the certificate of the target whatever came of it. */
export async function greetTls(url: URL, options: GreetTlsOptions): Promise<Greeting> {
  const { tls, deadline, nowMs } = options;
  try {
    const certificate = await handshake(url, tls, options);
    return { certificate, failure: undefined };
  } catch (error) {
    const code = deadline.aborted ? 'no answer in time' : codeOf(error);
    const certificate = await handshake(url, LOOK_ONLY, options).catch(() => undefined);
    const trust = { host: url.hostname, hasOwnAuthority: tls?.ca !== undefined, certificate, nowMs };
    return { certificate, failure: explainTlsFailure(code, trust) };
  }
}

/**
 * Why the target cuts a connection right after the handshake, which is when TLS 1.3 refuses a client certificate or the
 * lack of one: the code of its alert, where one comes. Sends nothing.
 */
export async function awaitTlsRefusal(url: URL, options: GreetTlsOptions): Promise<string | undefined> {
  try {
    const socket = await openSocket(url, options.tls, options);
    const { promise: refused, resolve } = Promise.withResolvers<string | undefined>();
    socket.once('error', (error) => resolve(codeOf(error))).once('close', () => resolve(undefined));
    // What is not read is not told: the alert comes as data of the connection.
    socket.resume();
    const timeout = AbortSignal.any([options.deadline, AbortSignal.timeout(REFUSAL_WAIT_MS)]);
    return await beforeAbort(refused, timeout).finally(() => socket.destroy());
  } catch {
    // It objected to nothing in time: what broke the POST explains itself then.
    return undefined;
  }
}

async function handshake(
  url: URL,
  tls: TlsIdentity | undefined,
  options: GreetTlsOptions,
): Promise<CertificateFacts | undefined> {
  const socket = await openSocket(url, tls, options);
  const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  socket.on('error', () => undefined).destroy();
  return shown && certificateFacts(shown, options.nowMs);
}

async function openSocket(
  url: URL,
  tls: TlsIdentity | undefined,
  { policy, timeoutMs, deadline, resolve }: GreetTlsOptions,
): Promise<Socket> {
  const { promise: opened, resolve: done, reject } = Promise.withResolvers<Socket>();
  const connector = createGuardedConnector({
    policy,
    connectTimeoutMs: timeoutMs,
    tls,
    ...(resolve === undefined ? {} : { resolve }),
  });
  const { protocol, host, port } = url;
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  connector({ protocol, host, hostname, port }, (error, socket) => {
    if (error !== null) reject(error);
    else if (deadline.aborted) socket.destroy();
    else done(socket);
  });
  return await beforeAbort(opened, deadline);
}
