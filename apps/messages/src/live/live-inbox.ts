import type { LiveEvent, LivePartial } from '@earshot/queues';
import { createDoorbell, type Doorbell } from './doorbell.ts';

/** What the bus told since it was looked at; bounded whatever the bus sends. */
export interface LiveInbox {
  readonly bell: Doorbell;
  receive(event: LiveEvent): void;
  /** The final of a stretch of speech is on its way: its partials are worth nothing any more. */
  finished(streamId: string | undefined, startMs: number | undefined): void;
  /** Whether messages were committed since the last call. */
  takeCommitted(): boolean;
  /** Whether a session ended since the last call. */
  takeEnded(): boolean;
  /** The newest partial of each stream that came since the last call and whose final is not known. */
  takePartials(): readonly LivePartial[];
}

/** A session has two streams, and sessions of one conversation overlap for seconds only. */
const STREAM_COUNT_MAX = 32;

export function createLiveInbox(): LiveInbox {
  const bell = createDoorbell();
  const partials = new Map<string, LivePartial>();
  const finishedMs = new Map<string, number>();
  let committed = false;
  let ended = false;

  const finished = (streamId: string | undefined, startMs: number | undefined): void => {
    if (streamId === undefined || startMs === undefined) return;
    remember(finishedMs, streamId, Math.max(startMs, finishedMs.get(streamId) ?? 0));
    if ((partials.get(streamId)?.startMs ?? Infinity) <= startMs) partials.delete(streamId);
  };
  const keepPartial = (partial: LivePartial): void => {
    const { streamId, startMs, revision } = partial;
    const waiting = partials.get(streamId);
    if (startMs <= (finishedMs.get(streamId) ?? -1)) return;
    if (waiting?.startMs === startMs && waiting.revision >= revision) return;
    remember(partials, streamId, partial);
  };

  return {
    bell,
    finished,
    receive(event) {
      if (event.type === 'partial') keepPartial(event);
      if (event.type === 'committed') {
        committed = true;
        finished(event.streamId, event.startMs);
      }
      if (event.type === 'ended') ended = true;
      bell.ring();
    },
    takeCommitted() {
      const was = committed;
      committed = false;
      return was;
    },
    takeEnded() {
      const was = ended;
      ended = false;
      return was;
    },
    takePartials() {
      const taken = [...partials.values()];
      partials.clear();
      return taken;
    },
  };
}

/** Sets a key as the newest of a map that holds `STREAM_COUNT_MAX` at most. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > STREAM_COUNT_MAX && oldest !== undefined) map.delete(oldest);
}
