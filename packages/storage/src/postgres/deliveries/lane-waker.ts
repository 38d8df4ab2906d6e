import type { Notifications } from '../../stores/notifications.ts';
import type { Database } from '../database.ts';

/** Far more lanes than one process wakes between two round trips; beyond it the holders' own looks must do. */
const WAITING_MAX = 50_000;

export interface LaneWaker {
  readonly wakeLanes: Notifications['wakeLanes'];
  /** Sends what waits, then closes its connection. */
  close(): Promise<void>;
}

/**
 * NOTIFY apart from the commits: inside them it would make all writers queue for one lock of the server. One
 * statement is in flight; lanes woken meanwhile wait for the next, each once.
 */
export function createLaneWaker(database: Database, onBackgroundError: (error: Error) => void): LaneWaker {
  const waiting = new Set<string>();
  let sending: Promise<void> | undefined;

  async function send(): Promise<void> {
    while (waiting.size > 0) {
      const payloads = [...waiting];
      waiting.clear();
      try {
        await database.run(
          'wake lanes',
          { name: 'wake-lanes', text: `select pg_notify('lane_wake', lane) from unnest($1::text[]) lane` },
          [payloads],
        );
      } catch (error) {
        // Lost, as a notification may be: a holder looks by itself before it leaves its lane.
        onBackgroundError(error instanceof Error ? error : new Error('Cannot wake lanes', { cause: error }));
      }
    }
    // Here and not in `finally`: a lane woken before the promise settles must start the next round.
    sending = undefined;
  }

  return {
    wakeLanes(lanes, look) {
      const suffix = look === undefined ? '' : ` ${look}`;
      for (const lane of lanes) {
        if (waiting.size < WAITING_MAX) waiting.add(`${lane.endpointId} ${lane.conversationId}${suffix}`);
      }
      if (waiting.size > 0) sending ??= send();
    },
    async close() {
      await sending;
      await database.close();
    },
  };
}
