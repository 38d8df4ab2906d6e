import { isCodedError } from '@earshot/domain';
import type { Delivery } from '@earshot/storage';
import type { PostOutcome } from './post.ts';

/** Opens what was sealed for a record of a tenant, as text. */
export type OpenSealed = (tenantId: string, recordId: string, sealed: Uint8Array) => Promise<string>;

export type OpenedBody =
  { readonly type: 'open'; readonly body: string } | Extract<PostOutcome, { readonly type: 'broken' }>;

/**
 * The bytes of a message, for one POST: raw words are at rest only sealed. What cannot be opened for good cannot be
 * sent; a passing failure rejects, and the message stays pending.
 */
export async function openBody(
  openSealed: OpenSealed,
  { lane, messageId, body }: Pick<Delivery, 'lane' | 'messageId' | 'body'>,
): Promise<OpenedBody> {
  if (typeof body === 'string') return { type: 'open', body };
  try {
    const opened = await openSealed(lane.tenantId, `delivery:${messageId}`, body.sealed);
    return { type: 'open', body: opened };
  } catch (cause) {
    if (isCodedError(cause) && cause.retryable) throw cause;
    return { type: 'broken', cause, durationMs: 0 };
  }
}
