import type { Clock } from '@earshot/domain';
import { FragmentNumbers } from './fragment-numbers.ts';
import { invalidArgument, KvsError, streamNotFound } from './kvs-error.ts';
import { optionalText, type JsonObject } from './json-input.ts';
import { VideoStream, type IdentityPosition } from './video-stream.ts';

export interface StreamRegistryOptions {
  readonly region: string;
  readonly accountId: string;
  readonly retentionBytesMax: number;
  readonly streamCountMax: number;
  readonly clock: Clock;
}

const STREAM_NAME = /^[a-zA-Z0-9_.-]{1,256}$/;

/** Name of the stream a request is about, by `StreamName` or within `StreamARN`. */
export function streamNameIn(input: JsonObject): string | undefined {
  return optionalText(input, 'StreamName') ?? optionalText(input, 'StreamARN')?.split('/')[1];
}

/** All streams of the emulated account and region. */
export class StreamRegistry {
  readonly #options: StreamRegistryOptions;
  readonly #streams = new Map<string, VideoStream>();
  readonly #numbers = new FragmentNumbers();

  constructor(options: StreamRegistryOptions) {
    this.#options = options;
  }

  create(name: string, retentionHours: number, identity: IdentityPosition): VideoStream {
    const { region, accountId, clock, retentionBytesMax, streamCountMax } = this.#options;
    if (!STREAM_NAME.test(name)) throw invalidArgument('StreamName does not match [a-zA-Z0-9_.-]{1,256}');
    if (!Number.isInteger(retentionHours) || retentionHours < 0 || retentionHours > 87_600) {
      throw invalidArgument(`DataRetentionInHours ${retentionHours} is not between 0 and 87600`);
    }
    if (this.#streams.has(name)) {
      throw new KvsError(400, 'ResourceInUseException', `The stream ${name} already exists`);
    }
    if (this.#streams.size >= streamCountMax) {
      const message = `Cannot create stream: ${this.#streams.size} streams reach limit ${streamCountMax}`;
      throw new KvsError(400, 'AccountStreamLimitExceededException', message);
    }
    const createdAtMs = clock.now();
    const arn = `arn:aws:kinesisvideo:${region}:${accountId}:stream/${name}/${createdAtMs}`;
    const numbers = this.#numbers;
    const options = { name, arn, createdAtMs, retentionHours, retentionBytesMax, identity, clock, numbers };
    const stream = new VideoStream(options);
    this.#streams.set(name, stream);
    return stream;
  }

  /** The stream a request names by `StreamARN` or `StreamName`. */
  find(input: JsonObject): VideoStream {
    const arn = optionalText(input, 'StreamARN');
    const name = streamNameIn(input);
    if (name === undefined) throw invalidArgument('Either StreamName or StreamARN is needed');
    const stream = this.#streams.get(name);
    if (stream === undefined || (arn !== undefined && arn !== stream.options.arn)) {
      throw streamNotFound(arn ?? name);
    }
    return stream;
  }

  named(name: string): VideoStream | undefined {
    return this.#streams.get(name);
  }

  list(): readonly VideoStream[] {
    return [...this.#streams.values()];
  }

  delete(stream: VideoStream): void {
    this.#streams.delete(stream.options.name);
    stream.delete();
  }
}
