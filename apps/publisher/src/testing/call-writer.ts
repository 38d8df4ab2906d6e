import { randomUUID } from 'node:crypto';
import { deriveMessageId } from '@earshot/domain';
import type { EndpointFields, LaneKey, Storage, WebhookBody } from '@earshot/storage';
import { sampleStart } from '@earshot/storage/testing';

/** A tenant's app in the store, with means to add endpoints and to commit messages as ingest does. */
export interface Account {
  readonly tenantId: string;
  readonly appId: string;
}

export interface WrittenCall {
  readonly guid: string;
  readonly conversationId: string;
  /** Commits one message with this text; answers the lanes nobody holds, whose job the writer has to add. */
  readonly say: (text: string, body?: WebhookBody) => Promise<readonly LaneKey[]>;
}

/** The body the text of a test travels in. */
export function bodyOf(guid: string, text: string): string {
  return JSON.stringify({ guid, text });
}

export async function addEndpoint(
  storage: Storage,
  account: Account,
  url: string,
  fields: Partial<EndpointFields> = {},
): Promise<string> {
  const endpointId = randomUUID();
  await storage.endpoints.create({
    ...account,
    endpointId,
    fields: {
      name: 'test',
      url,
      enabled: true,
      policy: 'realtime',
      pendingMax: 100,
      pendingAgeMaxMs: 30_000,
      timeoutMs: 5000,
      auth: [],
      partials: false,
      ...fields,
    },
    secrets: [],
    atMs: Date.now(),
  });
  return endpointId;
}

export async function startCall(
  storage: Storage,
  account: Account,
  guid: string = randomUUID(),
): Promise<WrittenCall> {
  const started = await storage.calls.startSession(sampleStart({ ...account, guid }));
  if (started.type !== 'started') throw new Error(`Cannot start ${guid}: ${started.type}`);
  const { sessionId, conversationId, streams } = started.session;
  const { tenantId } = account;
  const leased = await storage.calls.lease(tenantId, sessionId);
  if (leased === undefined) throw new Error(`Cannot lease ${sessionId}`);
  const { leaseEpoch } = leased;
  let fromSample = 0;

  return {
    guid,
    conversationId,
    async say(text, webhookBody = bodyOf(guid, text)) {
      const throughSample = fromSample + 8000;
      const startMs = fromSample / 8;
      const clientTimestampMs = Date.now();
      const outcome = await storage.calls.commitUtterance({
        tenantId,
        sessionId,
        leaseEpoch,
        conversationId,
        message: {
          messageId: deriveMessageId(clientTimestampMs, sessionId, 'customer', fromSample),
          streamId: streams[0].streamId,
          role: 'customer',
          senderExternalId: 'customer',
          text,
          startMs,
          endMs: startMs + 900,
          clientTimestampMs,
        },
        fromSample,
        throughSample,
        redactionState: undefined,
        webhookBody,
      });
      if (outcome.type !== 'committed') throw new Error(`Cannot commit: ${outcome.type}`);
      fromSample = throughSample;
      return outcome.lanesToWake;
    },
  };
}
