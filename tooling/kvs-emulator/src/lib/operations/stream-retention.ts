import type { Clock } from '@earshot/domain';
import { KvsError } from '../kvs-error.ts';
import type { VideoStream } from '../video-stream.ts';

/** A stream without retention has no archive, as in the real service. Throws InvalidArgumentException. */
export function refuseWithoutRetention(stream: VideoStream, clock: Clock): void {
  if (stream.options.retentionHours > 0) return;
  const at = new Date(clock.now()).toISOString();
  const message = `End timestamp ${at} is outside of the stream retention period`;
  throw new KvsError(400, 'InvalidArgumentException', message);
}
