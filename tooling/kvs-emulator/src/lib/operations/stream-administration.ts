import { invalidArgument } from '../kvs-error.ts';
import {
  optionalNumber,
  optionalObject,
  optionalText,
  requiredText,
  type JsonObject,
} from '../json-input.ts';
import { jsonReply, type Reply } from '../reply.ts';
import type { StreamRegistry } from '../stream-registry.ts';
import { IDENTITY_POSITIONS, type IdentityPosition, type VideoStream } from '../video-stream.ts';

/** Tag of CreateStream that sets where this stream's identity tags stand: `leading`, `trailing` or `both`. */
export const IDENTITY_TAG = 'earshot:identity';

/** Those that this emulator serves. */
const API_NAMES: ReadonlySet<string> = new Set([
  'PUT_MEDIA',
  'GET_MEDIA',
  'LIST_FRAGMENTS',
  'GET_MEDIA_FOR_FRAGMENT_LIST',
]);

const LIST_RESULTS_MAX = 10_000;

export function createStream(streams: StreamRegistry, input: JsonObject, identity: IdentityPosition): Reply {
  const name = requiredText(input, 'StreamName');
  const retentionHours = optionalNumber(input, 'DataRetentionInHours') ?? 0;
  const tags = optionalObject(input, 'Tags') ?? {};
  const stream = streams.create(
    name,
    retentionHours,
    identityOf(optionalText(tags, IDENTITY_TAG)) ?? identity,
  );
  return jsonReply({ StreamARN: stream.options.arn });
}

export function describeStream(streams: StreamRegistry, input: JsonObject): Reply {
  return jsonReply({ StreamInfo: streamInfo(streams.find(input)) });
}

export function deleteStream(streams: StreamRegistry, input: JsonObject): Reply {
  streams.delete(streams.find(input));
  return jsonReply({});
}

/** Names in order; `NextToken` is the last name given. */
export function listStreams(streams: StreamRegistry, input: JsonObject): Reply {
  const resultsMax = optionalNumber(input, 'MaxResults') ?? LIST_RESULTS_MAX;
  const after = optionalText(input, 'NextToken') ?? '';
  const prefix = optionalText(optionalObject(input, 'StreamNameCondition') ?? {}, 'ComparisonValue') ?? '';
  const matching = streams
    .list()
    .filter(({ options: { name } }) => name.startsWith(prefix) && name > after)
    .toSorted((a, b) => (a.options.name < b.options.name ? -1 : 1));
  const page = matching.slice(0, resultsMax);
  const nextToken = page.length < matching.length ? page.at(-1)?.options.name : undefined;
  return jsonReply({ StreamInfoList: page.map(streamInfo), NextToken: nextToken });
}

/** Every API is served by the emulator itself, under the address the caller knows it by. */
export function getDataEndpoint(streams: StreamRegistry, input: JsonObject, ownUrl: string): Reply {
  const name = requiredText(input, 'APIName');
  if (!API_NAMES.has(name)) throw invalidArgument(`APIName ${name} is none of ${[...API_NAMES].join(', ')}`);
  streams.find(input);
  return jsonReply({ DataEndpoint: ownUrl });
}

function identityOf(value: string | undefined): IdentityPosition | undefined {
  if (value === undefined) return undefined;
  const identity = IDENTITY_POSITIONS.find((position) => position === value);
  if (identity === undefined)
    throw invalidArgument(`Tag ${IDENTITY_TAG} is not one of ${IDENTITY_POSITIONS.join(', ')}`);
  return identity;
}

function streamInfo({ options, version }: VideoStream): JsonObject {
  return {
    StreamName: options.name,
    StreamARN: options.arn,
    MediaType: 'audio/L16',
    KmsKeyId: 'alias/aws/kinesisvideo',
    Version: version,
    Status: 'ACTIVE',
    CreationTime: options.createdAtMs / 1000,
    DataRetentionInHours: options.retentionHours,
  };
}
