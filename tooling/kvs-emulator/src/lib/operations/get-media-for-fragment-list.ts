import { exceptionDocument } from '../connect-document.ts';
import type { EmulatedCall } from '../emulated-call.ts';
import type { FaultPlans } from '../faults/fault-plans.ts';
import { wholeDocument } from '../fragment-parts.ts';
import { requiredTexts } from '../json-input.ts';
import { invalidArgument, KvsError } from '../kvs-error.ts';
import type { Reply } from '../reply.ts';
import { StoredFragments } from '../stored-fragments.ts';
import type { StreamRegistry } from '../stream-registry.ts';
import { refuseWithoutRetention } from './stream-retention.ts';
import type { Clock } from '@earshot/domain';

/** Documented limits. */
const FRAGMENTS_MAX = 1000;
const CONNECTIONS_MAX = 5;

/** The named fragments in the order of the request; a number that is not stored becomes an exception document and the end. */
export function getMediaForFragmentList(
  streams: StreamRegistry,
  plans: FaultPlans,
  call: EmulatedCall,
  clock: Clock,
): Reply {
  const stream = streams.find(call.input);
  refuseWithoutRetention(stream, clock);
  const numbers = requiredTexts(call.input, 'Fragments');
  if (numbers.length === 0 || numbers.length > FRAGMENTS_MAX)
    throw invalidArgument(`Fragments has ${numbers.length} numbers, not 1 to ${FRAGMENTS_MAX}`);
  if (stream.archiveReaderCount >= CONNECTIONS_MAX) {
    const message = `Cannot open media: ${stream.archiveReaderCount} connections reach limit ${CONNECTIONS_MAX} of the stream`;
    throw new KvsError(400, 'ClientLimitExceededException', message);
  }
  stream.archiveReaderCount += 1;
  call.signal.addEventListener('abort', () => (stream.archiveReaderCount -= 1), { once: true });
  const stored = new StoredFragments(stream, call.operation, () => plans.of(stream.options.name));
  return { status: 200, headers: { 'content-type': 'video/x-matroska' }, body: documents(stored, numbers) };
}

async function* documents(stored: StoredFragments, numbers: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const number of numbers) {
    const fragment = stored
      .retained()
      .find((held) => held.number === number && held.serverEndMs !== undefined);
    if (fragment === undefined) {
      yield exceptionDocument(number, '4000', 'FRAGMENT_NOT_FOUND');
      return;
    }
    yield wholeDocument(stored, fragment, 'GetMediaForFragmentList');
  }
}
