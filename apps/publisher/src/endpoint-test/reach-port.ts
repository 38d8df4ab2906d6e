import { beforeAbort } from '@earshot/domain';
import type { LookupAddress } from 'node:dns';
import { connect } from 'node:net';
import { codeOf, type TestFailure } from './test-failure.ts';

/** Whether anything listens at one of the addresses, which were judged before; sends nothing. */
export async function reachPort(
  host: string,
  port: number,
  addresses: readonly LookupAddress[],
  deadline: AbortSignal,
): Promise<TestFailure | undefined> {
  const [first] = addresses;
  if (first === undefined) return unreachable(host, port, 'ENOTFOUND');
  const socket = connect({
    host,
    port,
    lookup: (_name, { all }, done) =>
      all === true ? done(null, [...addresses]) : done(null, first.address, first.family),
  });
  const { promise: connected, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve).once('error', reject);
  try {
    await beforeAbort(connected, deadline);
    return undefined;
  } catch (error) {
    return unreachable(host, port, deadline.aborted ? 'no answer in time' : codeOf(error));
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'Start the target, or correct the port in url: nothing listens there'],
  ['no answer in time', 'Check that the firewall of the target lets this host in'],
  ['EHOSTUNREACH', 'Check the network between this host and the target'],
  ['ENETUNREACH', 'Check the network between this host and the target'],
]);

function unreachable(host: string, port: number, reason: string): TestFailure {
  const remedy = REMEDIES.get(reason) ?? 'Check host and port in url, and the network in between';
  return { stage: 'connect', error: `Cannot connect to ${host} port ${port} (${reason})`, remedy };
}
