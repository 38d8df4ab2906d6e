import { createLogger } from '@earshot/telemetry';
import type { CallMediaEvent, CallMediaStart } from '../lib/call-media.ts';
import type { MediaConnector } from '../lib/media-connector.ts';
import { OpenCalls } from '../lib/open-calls.ts';
import { readCall, type ReadCallDeps } from '../lib/read-call.ts';

const logger = createLogger({ app: 'test', level: 'silent' });

/** A clock that moves while somebody sleeps, and otherwise stands. */
export function sleepingDeps(connector: MediaConnector, over: Partial<ReadCallDeps['limits']> = {}) {
  let nowMs = 0;
  const deps: ReadCallDeps = {
    connector,
    openCalls: new OpenCalls(),
    clock: { now: () => nowMs },
    random: () => 1,
    sleep: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
    limits: {
      openRetryMsMax: 30_000,
      mediaIdleMsMax: 300_000,
      endedIdleMsMax: 60_000,
      bodyIdleMsMax: 15_000,
      startSilenceMsMax: 5000,
      elementBytesMax: 4_000_000,
      ...over,
    },
    logger,
  };
  return deps;
}

/** Reads a call to its end. */
export async function hear(
  deps: ReadCallDeps,
  start: CallMediaStart,
  guid: string,
): Promise<CallMediaEvent[]> {
  const events: CallMediaEvent[] = [];
  const signal = new AbortController().signal;
  for await (const event of readCall(deps, { streamArn: 's', guid, start, signal })) events.push(event);
  return events;
}
