import type { Clock } from '@earshot/domain';
import type { EmulatedCall } from '../emulated-call.ts';
import type { FaultPlans } from '../faults/fault-plans.ts';
import type { FragmentView } from '../faults/fragment-view.ts';
import { invalidArgument } from '../kvs-error.ts';
import {
  optionalNumber,
  optionalObject,
  optionalText,
  requiredText,
  requiredTimestampMs,
  type JsonObject,
} from '../json-input.ts';
import { jsonReply, type Reply } from '../reply.ts';
import { StoredFragments } from '../stored-fragments.ts';
import type { StreamRegistry } from '../stream-registry.ts';
import { refuseWithoutRetention } from './stream-retention.ts';

const RESULTS_MAX = 1000;

/**
 * Complete fragments within a time range, newest first within a page: the service promises no order, and whoever relies
 * on one is to notice. Pages go forward in time.
 */
export function listFragments(
  streams: StreamRegistry,
  plans: FaultPlans,
  { input, operation }: EmulatedCall,
  clock: Clock,
): Reply {
  const stream = streams.find(input);
  refuseWithoutRetention(stream, clock);
  const stored = new StoredFragments(stream, operation, () => plans.of(stream.options.name));
  const resultsMax = optionalNumber(input, 'MaxResults') ?? 100;
  if (!(resultsMax >= 1 && resultsMax <= RESULTS_MAX))
    throw invalidArgument(`MaxResults is not between 1 and ${RESULTS_MAX}`);
  const isSelected = selection(optionalObject(input, 'FragmentSelector'));
  const after = optionalText(input, 'NextToken') ?? '';
  const matching = stored
    .retained()
    .filter(({ serverEndMs, number }) => serverEndMs !== undefined && number > after)
    .map((fragment) => stored.view(fragment))
    .filter(isSelected);
  const page = matching.slice(0, resultsMax);
  const nextToken = page.length < matching.length ? page.at(-1)?.fragment.number : undefined;
  return jsonReply({ Fragments: page.map(describe).toReversed(), NextToken: nextToken });
}

function selection(selector: JsonObject | undefined): (view: FragmentView) => boolean {
  if (selector === undefined) return () => true;
  const type = requiredText(selector, 'FragmentSelectorType');
  if (type !== 'PRODUCER_TIMESTAMP' && type !== 'SERVER_TIMESTAMP') {
    throw invalidArgument(`FragmentSelectorType ${type} is unknown`);
  }
  const range = optionalObject(selector, 'TimestampRange') ?? {};
  const startMs = requiredTimestampMs(range, 'StartTimestamp');
  const endMs = requiredTimestampMs(range, 'EndTimestamp');
  return ({ fragment, serverTimestampMs }) => {
    const atMs = type === 'SERVER_TIMESTAMP' ? serverTimestampMs : fragment.producerTimestampMs;
    return atMs >= startMs && atMs <= endMs;
  };
}

function describe({ fragment, serverTimestampMs }: FragmentView): JsonObject {
  return {
    FragmentNumber: fragment.number,
    FragmentSizeInBytes: fragment.bytes,
    ProducerTimestamp: fragment.producerTimestampMs / 1000,
    ServerTimestamp: serverTimestampMs / 1000,
    FragmentLengthInMilliseconds: fragment.durationMs,
  };
}
