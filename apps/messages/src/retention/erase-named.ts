import { ERROR_CODES, type ErasureReceipt } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import { refuse, type AppEnv } from '@earshot/http';
import type { ErasureRequest, ErasureSubject, RetentionStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Logger } from '@earshot/telemetry';
import type { Context } from 'hono';
import { randomUUID } from 'node:crypto';
import { audioOutOfReach, eraseAudio } from '../recordings/erase-audio.ts';
import { isExternalId } from './external-id.ts';
import { presentReceipt, signErasure, subjectHash } from './receipt.ts';

export interface EraseDeps {
  readonly retention: Pick<RetentionStore, 'eraseConversation' | 'eraseCustomer' | 'findErasureOf'>;
  /** `undefined` where the deployment names no place for recordings. */
  readonly recordingObjects: ObjectStore | undefined;
  readonly erasureHmacKey: Uint8Array;
  readonly clock: Clock;
  readonly logger: Logger;
}

const UNKNOWN = {
  conversation: 'No conversation with this externalId',
  customer: 'No conversation of this customer',
} as const;
const LIVE =
  'A call is running, or is being started or stopped: stop it with POST /mg-autotranscribe/v1/stop-streaming, then ask again';

/** Erases what a request named and answers the receipt, or what is in the way. */
export async function eraseNamed(
  c: Context<AppEnv>,
  deps: EraseDeps,
  subject: ErasureSubject,
  externalId: string,
): Promise<Response> {
  const { retention, recordingObjects, erasureHmacKey: key, clock, logger } = deps;
  const { tenantId, apiId } = c.get('key');
  const unknown = { code: ERROR_CODES.notFound, message: UNKNOWN[subject] };
  if (!isExternalId(externalId)) return refuse(c, unknown);
  const request = {
    tenantId,
    erasureId: randomUUID(),
    subjectHash: subjectHash(key, tenantId, subject, externalId),
    requestedBy: apiId,
    erasedAtMs: clock.now(),
    sign: signErasure.bind(undefined, key),
    eraseAudio: (recorded: Recorded) => eraseRecorded(recordingObjects, tenantId, recorded),
  };
  const outcome = await (subject === 'conversation'
    ? retention.eraseConversation(externalId, request)
    : retention.eraseCustomer(externalId, request));
  switch (outcome.type) {
    case 'unknown': {
      // The answer to an earlier request may have been lost, and with it the receipt.
      const earlier = await retention.findErasureOf(tenantId, request.subjectHash);
      if (earlier === undefined) return refuse(c, unknown);
      return refuse(c, { ...unknown, message: `${unknown.message} any more: receipt ${earlier}` });
    }
    case 'live':
      return refuse(c, { code: ERROR_CODES.conflict, message: LIVE });
    case 'held':
      return refuse(c, { code: ERROR_CODES.conflict, message: heldMessage(outcome.placedAtMs) });
    case 'erased': {
      const { receipt, complete } = outcome;
      logger.info('erasure.done', { erasureId: receipt.erasureId, subject, ...receipt.counts });
      return c.json({ ...presentReceipt(receipt), complete } satisfies ErasureReceipt);
    }
  }
}

type Recorded = Parameters<ErasureRequest['eraseAudio']>[0];

async function eraseRecorded(
  objects: ObjectStore | undefined,
  tenantId: string,
  { conversationIds, recordingCount }: Recorded,
): Promise<void> {
  if (objects !== undefined) {
    await eraseAudio(
      objects,
      conversationIds.map((conversationId) => ({ tenantId, conversationId })),
    );
  } else if (recordingCount > 0) throw audioOutOfReach();
}

function heldMessage(placedAtMs: number): string {
  const since = new Date(placedAtMs).toISOString();
  return `On legal hold since ${since}: lift it with DELETE /earshot/v1/conversations/{externalId}/hold, then ask again`;
}
