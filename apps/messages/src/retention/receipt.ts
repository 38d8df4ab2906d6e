import type { ErasureReceipt as PresentedReceipt, VerifiedErasure } from '@earshot/api';
import type { Erasure, ErasureReceipt, ErasureSubject } from '@earshot/storage';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Tells which id was named to who has the key and the id, and nothing to anybody else. */
export function subjectHash(
  key: Uint8Array,
  tenantId: string,
  subject: ErasureSubject,
  externalId: string,
): Uint8Array {
  return hmac(key, ['erasure-subject', tenantId, subject, externalId]);
}

/** HMAC-SHA256 in base64url over all of an erasure, in an order of its own: that of the stored counts may be another. */
export function signErasure(key: Uint8Array, erasure: Erasure): string {
  const { tenantId, erasureId, subject, requestedBy, erasedAtMs, counts } = erasure;
  const named = Buffer.from(erasure.subjectHash).toString('base64url');
  // Receipts of earlier releases count none, and say what they said.
  const { recordings, ...others } = counts;
  const all = Object.entries(recordings === 0 ? others : counts);
  const counted = all.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const signed = ['erasure', tenantId, erasureId, subject, named, requestedBy, erasedAtMs, counted];
  return Buffer.from(hmac(key, signed)).toString('base64url');
}

function hmac(key: Uint8Array, parts: readonly unknown[]): Uint8Array {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}

/** A receipt as it is answered: the hash of the subject stays here. */
export function presentReceipt(receipt: ErasureReceipt): Omit<PresentedReceipt, 'complete'> {
  const { erasureId, subject, requestedBy, erasedAtMs, counts, digest } = receipt;
  return {
    id: erasureId,
    subject,
    at: new Date(erasedAtMs).toISOString(),
    requestedBy,
    counts: { ...counts },
    digest,
  };
}

/** With whether the digest, made again, is the one that is stored. */
export function presentVerified(key: Uint8Array, receipt: ErasureReceipt): VerifiedErasure {
  const { digest, ...erasure } = receipt;
  const [stored, made] = [Buffer.from(digest), Buffer.from(signErasure(key, erasure))];
  const verified = stored.length === made.length && timingSafeEqual(stored, made);
  return { ...presentReceipt(receipt), verified };
}
