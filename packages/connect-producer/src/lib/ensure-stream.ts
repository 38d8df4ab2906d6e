import { AppError } from '@earshot/domain';
import { postJson } from './post-json.ts';

export interface EnsureStreamOptions {
  /** `http://host:port` of the service. */
  readonly endpointUrl: string;
  readonly streamName: string;
  /** Only for a stream that is new. Default 0: the service buffer of 5 minutes. */
  readonly retentionHours?: number;
  /** Only for a stream that is new. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The stream of that name, made if there is none. */
export async function ensureStream(options: EnsureStreamOptions): Promise<{ streamArn: string }> {
  const { endpointUrl, streamName, retentionHours = 0, tags = {} } = options;
  const created = await postJson(new URL('/createStream', endpointUrl), {
    StreamName: streamName,
    DataRetentionInHours: retentionHours,
    Tags: tags,
  });
  if (created.status === 200) return { streamArn: arnIn(created.value) };
  if (created.errorType !== 'ResourceInUseException')
    throw unusable(streamName, created.status, created.errorType);
  const described = await postJson(new URL('/describeStream', endpointUrl), { StreamName: streamName });
  if (described.status !== 200) throw unusable(streamName, described.status, described.errorType);
  return { streamArn: arnIn(property(described.value, 'StreamInfo')) };
}

function unusable(streamName: string, status: number, errorType: string): AppError {
  const message = `Cannot create stream ${streamName}: the service answered ${status} ${errorType}`;
  return new AppError('producer.stream-unusable', message, { retryable: status >= 500 });
}

function arnIn(value: unknown): string {
  const arn = property(value, 'StreamARN');
  if (typeof arn === 'string') return arn;
  throw new AppError('producer.stream-unusable', 'Cannot read StreamARN: the answer has none', {
    retryable: false,
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
