import { randomUUID } from 'node:crypto';
import type { EndpointTest, TestEvent } from '@earshot/api';
import { judgeEgressUrl, TokenError, type CertificateFacts, type OutboundRequest } from '@earshot/auth';
import { AppError, type Clock } from '@earshot/domain';
import type { Endpoint } from '@earshot/storage';
import { describeFailure } from '../describe-failure.ts';
import { openEndpointEntry, type EndpointEntry, type EndpointEntryOptions } from '../endpoint-entry.ts';
import type { ResolveName } from '../guarded-connector.ts';
import { post } from '../post.ts';
import { explainAnswer } from './explain-answer.ts';
import { findAddresses } from './find-addresses.ts';
import { awaitTlsRefusal, greetTls } from './greet-tls.ts';
import { reachPort } from './reach-port.ts';
import type { TestFailure } from './test-failure.ts';

export interface EndpointTestDeps extends Omit<EndpointEntryOptions, 'inFlightMax'> {
  readonly userAgent: string;
  readonly clock: Clock;
  /** Default: the system's resolver. */
  readonly resolve?: ResolveName;
}

/** What a test has come to so far. */
interface Progress {
  certificate?: CertificateFacts;
  status?: number;
  responsePreview?: string;
}

/**
 * Sends a signed test event over connector, authentication and guard of real messages, but sockets and tokens of its
 * own, so that every step is taken anew; the steps before the POST tell where it would end. All of it has the time that
 * one real POST has.
 */
export async function runEndpointTest(deps: EndpointTestDeps, endpoint: Endpoint): Promise<EndpointTest> {
  const startedAtMs = performance.now();
  const deadline = AbortSignal.timeout(endpoint.timeoutMs);
  const progress: Progress = {};
  const failure = await tryTarget(deps, endpoint, deadline, progress);
  const { certificate, status, responsePreview } = progress;
  return {
    delivered: failure === undefined,
    durationMs: Math.round(performance.now() - startedAtMs),
    stage: failure?.stage ?? 'response',
    ...(status === undefined ? {} : { status }),
    ...(failure === undefined ? {} : { error: failure.error, remedy: failure.remedy }),
    ...(responsePreview === undefined ? {} : { responsePreview }),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

async function tryTarget(
  deps: EndpointTestDeps,
  endpoint: Endpoint,
  deadline: AbortSignal,
  progress: Progress,
): Promise<TestFailure | undefined> {
  const url = new URL(endpoint.url);
  const verdict = judgeEgressUrl(url, deps.egress);
  if (!verdict.ok) {
    const remedy =
      'Use an https URL of a public host, or have the deployment allow it (EARSHOT_EGRESS_ALLOW)';
    return { stage: 'url', error: `Cannot call url: ${verdict.reason}`, remedy };
  }
  const { egress: policy, resolve } = deps;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = await findAddresses(host, { policy, audience: verdict.audience, deadline, resolve });
  if ('stage' in found) return found;
  const port = Number(url.port || (url.protocol === 'http:' ? 80 : 443));
  const unreachable = await reachPort(host, port, found.addresses, deadline);
  if (unreachable !== undefined) return unreachable;
  const entry = await openOrExplain(deps, endpoint);
  if ('stage' in entry) return entry;
  try {
    return await tryEntry(deps, entry, deadline, progress);
  } finally {
    await entry.close();
  }
}

async function openOrExplain(
  deps: EndpointTestDeps,
  endpoint: Endpoint,
): Promise<EndpointEntry | TestFailure> {
  try {
    return await openEndpointEntry({ ...deps, inFlightMax: 1 }, endpoint);
  } catch (error) {
    return explainOwnFailure(error);
  }
}

async function tryEntry(
  deps: EndpointTestDeps,
  entry: EndpointEntry,
  deadline: AbortSignal,
  progress: Progress,
): Promise<TestFailure | undefined> {
  const { url, auth, dispatcher, endpoint } = entry;
  const { timeoutMs } = endpoint;
  const nowMs = deps.clock.now();
  const { egress: policy, resolve } = deps;
  const tls = await auth.tls();
  const greetOptions = { policy, tls, timeoutMs, deadline, resolve, nowMs };
  if (url.protocol === 'https:') {
    const greeting = await greetTls(url, greetOptions);
    if (greeting.certificate !== undefined) progress.certificate = greeting.certificate;
    if (greeting.failure !== undefined) return greeting.failure;
  }
  const message = testMessage(endpoint, nowMs);
  const refused = await tryAuth(entry, message, nowMs, deadline);
  if (refused !== undefined) return refused;
  const options = { userAgent: deps.userAgent, nowMs, signal: deadline, preview: true };
  const outcome = await post({ url, auth, dispatcher, timeoutMs }, message, options);
  if (outcome.type === 'answered') {
    progress.status = outcome.status;
    if (outcome.preview !== undefined) progress.responsePreview = outcome.preview;
  }
  const told = outcome.type === 'aborted' ? { type: 'timed-out' as const, durationMs: timeoutMs } : outcome;
  const refusal =
    told.type === 'broken' && url.protocol === 'https:'
      ? await awaitTlsRefusal(url, greetOptions)
      : undefined;
  return explainAnswer(told, url, timeoutMs, refusal);
}

/** Authenticates a request that is not sent: a token that is had stays with the entry for the POST. */
async function tryAuth(
  { url, auth }: EndpointEntry,
  { webhookId, body }: TestMessage,
  nowMs: number,
  deadline: AbortSignal,
): Promise<TestFailure | undefined> {
  const timestampSeconds = Math.floor(nowMs / 1000);
  const request: OutboundRequest = { url, headers: {}, body, webhookId, timestampSeconds };
  try {
    await auth.apply(request, deadline);
    return undefined;
  } catch (error) {
    if (!deadline.aborted) return explainOwnFailure(error);
    const remedy = 'Check that the token server answers, or raise timeoutMs';
    return { stage: 'token', error: 'No token could be had in time', remedy };
  }
}

/** A passing failure of ours, for example of the store, is no answer about the target: it rejects. */
function explainOwnFailure(error: unknown): TestFailure {
  if (error instanceof TokenError) {
    return { stage: 'token', error: error.message, remedy: error.remedy };
  }
  if (!(error instanceof AppError) || error.retryable) throw error;
  const remedy = 'Give the endpoint its credentials again';
  return { stage: 'request', error: describeFailure(error.code, undefined), remedy };
}

interface TestMessage {
  readonly webhookId: string;
  readonly body: string;
}

function testMessage({ endpointId, name }: Endpoint, nowMs: number): TestMessage {
  const id = `msg_test_${randomUUID()}`;
  const timestamp = new Date(nowMs).toISOString();
  const event: TestEvent = { type: 'test', id, timestamp, data: { endpointId, name } };
  return { webhookId: id, body: JSON.stringify(event) };
}
