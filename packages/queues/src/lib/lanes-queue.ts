import { deriveUuid } from '@earshot/domain';
import type { LaneJob, QueueContract } from './contract-types.ts';
import { parsePayload } from './parse-payload.ts';

/**
 * One job per endpoint and conversation, held by a publisher while the conversation is live. One attempt, since a
 * retry would be a delayed job and those make claims deadlock on PostgreSQL; the publisher's sweeper adds a failed
 * lane again.
 */
export const lanesQueue: QueueContract<LaneJob> = {
  name: 'lanes',
  deduplicationId: ({ tenantId, endpointId, conversationId }) =>
    deriveUuid(tenantId, endpointId, conversationId),
  onDuplicate: 'run-after',
  attemptsMax: 1,
  lockDurationMs: 4_000,
  stalledIntervalMs: 1_500,
  onLockLost: 'abort',
  stalledCountMax: 1_000,
  keepFailed: { ageSeconds: 3_600, count: 100 },
  parse: (data) => parsePayload(data, ['tenantId', 'endpointId', 'conversationId']),
};
