import { setTimeout as delay } from 'node:timers/promises';
import type { Recording } from '@earshot/api';
import { CliError } from '../verb.ts';

export interface RecordingWait {
  readonly list: () => Promise<readonly Recording[]>;
  /** Most there is to wait. */
  readonly waitMs: number;
  /** Between two looks. */
  readonly pollMs: number;
  /** Told of what is waited for, each time it is something else. */
  readonly onWaiting: (what: string) => void;
  readonly signal: AbortSignal;
}

/**
 * The recordings once there is one and none is unfinished.
 *
 * @throws CliError when they are not by then
 */
export async function waitForRecordings(wait: RecordingWait): Promise<readonly Recording[]> {
  const { list, waitMs, pollMs, onWaiting, signal } = wait;
  let told: string | undefined;
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const recordings = await list();
    const unfinished = recordings.filter(isUnfinished);
    if (recordings.length > 0 && unfinished.length === 0) return recordings;
    const what =
      recordings.length === 0
        ? 'nothing is stored yet'
        : unfinished.map(({ leg, state }) => `leg ${leg} is ${state}`).join(', ');
    if (waitedMs >= waitMs) throw new CliError(`Waited ${waitMs / 1000} s for the recording: ${what}`);
    if (what !== told) onWaiting(what);
    told = what;
    await delay(pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** What its call or its file still makes of it. */
export function isUnfinished({ state }: Recording): boolean {
  return state === 'recording' || state === 'finishing';
}
