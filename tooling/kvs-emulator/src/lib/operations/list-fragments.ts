import type { Clock } from '@earshot/domain';
import type { Fragment } from '../fragment.ts';
import { KvsError, invalidArgument } from '../kvs-error.ts';
import {
  optionalNumber,
  optionalObject,
  optionalText,
  requiredText,
  requiredTimestampMs,
  type JsonObject,
} from '../json-input.ts';
import { jsonReply, type Reply } from '../reply.ts';
import type { StreamRegistry } from '../stream-registry.ts';

const RESULTS_MAX = 1000;

/** Complete fragments within a time range. A stream without retention has no archive, as in the real service. */
export function listFragments(streams: StreamRegistry, input: JsonObject, clock: Clock): Reply {
  const stream = streams.find(input);
  if (stream.options.retentionHours === 0) {
    const at = new Date(clock.now()).toISOString();
    const message = `End timestamp ${at} is outside of the stream retention period`;
    throw new KvsError(400, 'InvalidArgumentException', message);
  }
  const resultsMax = optionalNumber(input, 'MaxResults') ?? 100;
  if (!(resultsMax >= 1 && resultsMax <= RESULTS_MAX))
    throw invalidArgument(`MaxResults is not between 1 and ${RESULTS_MAX}`);
  const isSelected = selection(optionalObject(input, 'FragmentSelector'));
  const after = optionalText(input, 'NextToken') ?? '';
  const matching = stream
    .retained()
    .filter(
      (fragment) => fragment.serverEndMs !== undefined && fragment.number > after && isSelected(fragment),
    );
  const page = matching.slice(0, resultsMax);
  const nextToken = page.length < matching.length ? page.at(-1)?.number : undefined;
  return jsonReply({ Fragments: page.map(describe), NextToken: nextToken });
}

function selection(selector: JsonObject | undefined): (fragment: Fragment) => boolean {
  if (selector === undefined) return () => true;
  const type = requiredText(selector, 'FragmentSelectorType');
  if (type !== 'PRODUCER_TIMESTAMP' && type !== 'SERVER_TIMESTAMP') {
    throw invalidArgument(`FragmentSelectorType ${type} is unknown`);
  }
  const range = optionalObject(selector, 'TimestampRange') ?? {};
  const startMs = requiredTimestampMs(range, 'StartTimestamp');
  const endMs = requiredTimestampMs(range, 'EndTimestamp');
  return (fragment) => {
    const atMs = type === 'SERVER_TIMESTAMP' ? fragment.serverTimestampMs : fragment.producerTimestampMs;
    return atMs >= startMs && atMs <= endMs;
  };
}

function describe(fragment: Fragment): JsonObject {
  return {
    FragmentNumber: fragment.number,
    FragmentSizeInBytes: fragment.bytes,
    ProducerTimestamp: fragment.producerTimestampMs / 1000,
    ServerTimestamp: fragment.serverTimestampMs / 1000,
    FragmentLengthInMilliseconds: fragment.durationMs,
  };
}
