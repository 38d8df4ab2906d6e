import { deriveUuid } from '@earshot/domain';
import type { CallSessionJob, QueueContract } from './contract-types.ts';
import { parsePayload } from './parse-payload.ts';

/** One job per call session, held by an ingest worker for as long as the call lasts. */
export const callSessionsQueue: QueueContract<CallSessionJob> = {
  name: 'call-sessions',
  deduplicationId: ({ tenantId, sessionId }) => deriveUuid(tenantId, sessionId),
  onDuplicate: 'ignore',
  attemptsMax: 5,
  // A call is live: seconds without a worker are seconds without a transcript.
  lockDurationMs: 3_500,
  stalledIntervalMs: 500,
  // The lease in the store is the fence. A busy process that began its calls anew would only be busier.
  onLockLost: 'go-on',
  stalledCountMax: 1_000,
  keepFailed: { ageSeconds: 86_400, count: 1_000 },
  parse: (data) => parsePayload(data, ['tenantId', 'sessionId']),
};
