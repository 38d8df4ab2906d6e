import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { deriveMessageId, isCodedError } from '@earshot/domain';
import type { LaneJob, Producer } from '@earshot/queues';
import type { CallStore, CommitOutcome, CommitUtteranceInput } from '@earshot/storage';
import { messageBody } from './message-body.ts';

export interface ConversationDeps {
  readonly calls: Pick<CallStore, 'startSession' | 'lease' | 'commitUtterance'>;
  readonly laneJobs: Pick<Producer<LaneJob>, 'add'>;
  readonly onWakeFailed: (error: unknown) => void;
}

/** A live call whose messages are made up. */
export interface WrittenConversation {
  readonly guid: string;
  /** Messages committed so far. */
  readonly committedCount: number;
  /**
   * Commits the next message, after those said before, and wakes its lanes. A store that is away is asked again until
   * it answers or the signal fires, so the message is committed once when this resolves.
   */
  say(signal?: AbortSignal): Promise<void>;
}

const SAMPLES_PER_MESSAGE = 8000;
const SAMPLES_PER_MS = 8;
const RETRY_DELAY_MS = 100;
const ANY_MEDIA = { streamArn: 'arn:aws:kinesisvideo:us-east-1:123456789012:stream/load/1' };

export async function startConversation(
  deps: ConversationDeps,
  {
    acceptedAtMs,
    ...account
  }: {
    readonly tenantId: string;
    readonly appId: string;
    readonly acceptedAtMs: number;
  },
): Promise<WrittenConversation> {
  const { tenantId } = account;
  const guid = randomUUID();
  const started = await deps.calls.startSession({
    ...account,
    guid,
    customerExternalId: 'customer',
    agentExternalId: 'agent',
    settings: {
      language: 'en-US',
      detailedToken: false,
      audioRecordingAllowed: false,
      redactionOutput: 'redacted',
    },
    media: { ...ANY_MEDIA, selector: { type: 'NOW' } },
    acceptedAtMs,
  });
  if (started.type !== 'started') throw new Error(`Cannot start call ${guid}: it is ${started.type}`);
  const { sessionId, conversationId, streams } = started.session;
  const leased = await deps.calls.lease(tenantId, sessionId);
  if (leased === undefined) throw new Error(`Cannot lease call ${guid}`);
  const { leaseEpoch } = leased;
  let count = 0;
  let last: Promise<void> = Promise.resolve();

  async function commitNext(signal: AbortSignal | undefined): Promise<void> {
    const fromSample = count * SAMPLES_PER_MESSAGE;
    const startMs = fromSample / SAMPLES_PER_MS;
    const clientTimestampMs = Date.now();
    const input: CommitUtteranceInput = {
      tenantId,
      sessionId,
      leaseEpoch,
      conversationId,
      message: {
        messageId: deriveMessageId(clientTimestampMs, sessionId, 'customer', fromSample),
        streamId: streams[0].streamId,
        role: 'customer',
        senderExternalId: 'customer',
        text: 'made up',
        startMs,
        endMs: startMs + 900,
        clientTimestampMs,
      },
      fromSample,
      throughSample: fromSample + SAMPLES_PER_MESSAGE,
      redactionState: undefined,
      webhookBody: messageBody(guid, startMs),
    };
    const outcome = await untilAnswered(() => deps.calls.commitUtterance(input), signal);
    if (outcome.type === 'fenced') throw new Error(`Cannot commit: call ${guid} is fenced`);
    count += 1;
    // `already-done`: the first answer was lost, and its wake-ups with it. The sweeper makes up for them.
    if (outcome.type === 'committed') await wake(deps, outcome);
  }

  return {
    guid,
    get committedCount() {
      return count;
    },
    say(signal) {
      last = last.then(() => commitNext(signal));
      return last;
    },
  };
}

async function untilAnswered<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isCodedError(error) || !error.retryable || signal?.aborted === true) throw error;
      await delay(RETRY_DELAY_MS);
    }
  }
}

async function wake(
  { laneJobs, onWakeFailed }: ConversationDeps,
  { lanesToWake }: CommitOutcome & { readonly type: 'committed' },
): Promise<void> {
  const added = await Promise.allSettled(lanesToWake.map((lane) => laneJobs.add(lane)));
  for (const result of added) if (result.status === 'rejected') onWakeFailed(result.reason);
}
