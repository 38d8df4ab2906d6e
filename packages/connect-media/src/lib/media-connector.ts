import type { Readable } from 'node:stream';
import type { StartSelector as KinesisStartSelector } from '@aws-sdk/client-kinesis-video-media';
import type { Lookup } from './start-positions.ts';

/** How calls reach Kinesis Video Streams. */
export interface MediaConnector {
  /** Throws `AppError` with a `MediaErrorCode`. The caller destroys the body. */
  open(streamArn: string, selector: KinesisStartSelector, signal: AbortSignal): Promise<Readable>;
  /** Number of a fragment shortly before the one wanted; `undefined` where the archive does not tell in time. */
  findPredecessor(streamArn: string, lookup: Lookup, signal: AbortSignal): Promise<string | undefined>;
  close(): void;
}
