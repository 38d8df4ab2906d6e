import type { ErasedCounts, ErasureReceipt, ErasureSubject, RetentionStore } from '../../stores/retention.ts';
import { instant } from '../column-types.ts';
import type { Database } from '../database.ts';
import { storageError } from '../storage-error.ts';
import { NOTHING_ERASED } from './erase-conversations.ts';

interface ReceiptRow {
  erasure_id: string;
  subject: ErasureSubject;
  subject_hash: Uint8Array;
  requested_by: string;
  erased_at: number;
  counts: Partial<ErasedCounts>;
  digest: string;
}

const COLUMNS = 'erasure_id, subject, subject_hash, requested_by, erased_at, counts, digest';

const FIND = `select ${COLUMNS} from erasure_receipts where tenant_id = $1 and erasure_id = $2`;

/** Off the index by age; those of one instant, which are few, are put in order by their ids. */
const LIST = `select ${COLUMNS} from erasure_receipts
where tenant_id = $1 and erased_at >= coalesce($2::timestamptz, '-infinity') and erased_at < coalesce($3::timestamptz, 'infinity')
  and (erased_at, erasure_id) < (coalesce($4::timestamptz, 'infinity'), $5)
order by erased_at desc, erasure_id desc limit $6`;

const FIND_OF = `select erasure_id as "erasureId" from erasure_receipts
where tenant_id = $1 and subject_hash = $2 order by erased_at desc limit 1`;

export function createErasureReceipts(
  database: Database,
): Pick<RetentionStore, 'findReceipt' | 'listReceipts' | 'findErasureOf'> {
  return {
    async findReceipt(tenantId, erasureId) {
      const [row] = await database.run<ReceiptRow>('find a receipt', FIND, [tenantId, erasureId]);
      return row && toReceipt(tenantId, row);
    },
    async listReceipts({ tenantId, fromMs, beforeMs, cursor, limit }) {
      const place = cursor === undefined ? undefined : readCursor(cursor);
      const rows = await database.run<ReceiptRow>('list receipts', LIST, [
        tenantId,
        instant(fromMs),
        instant(beforeMs),
        instant(place?.erasedAtMs),
        place?.erasureId ?? '',
        limit + 1,
      ]);
      const items = rows.slice(0, limit).map((row) => toReceipt(tenantId, row));
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: last && `${last.erasedAtMs}.${last.erasureId}` };
    },
    async findErasureOf(tenantId, subjectHash) {
      const values = [tenantId, subjectHash];
      const [row] = await database.run<{ erasureId: string }>(
        'find the receipt of a subject',
        FIND_OF,
        values,
      );
      return row?.erasureId;
    },
  };
}

/** Instant and id of the last receipt of a page. */
function readCursor(cursor: string): { readonly erasedAtMs: number; readonly erasureId: string } {
  const [, erasedAtMs, erasureId] = /^(\d{1,13})\.(.+)$/.exec(cursor) ?? [];
  if (erasedAtMs === undefined || erasureId === undefined) {
    throw storageError('storage.cursor-invalid', 'Cannot list receipts: the cursor is not one of ours');
  }
  return { erasedAtMs: Number(erasedAtMs), erasureId };
}

function toReceipt(tenantId: string, row: ReceiptRow): ErasureReceipt {
  return {
    tenantId,
    erasureId: row.erasure_id,
    subject: row.subject,
    subjectHash: row.subject_hash,
    requestedBy: row.requested_by,
    erasedAtMs: row.erased_at,
    counts: { ...NOTHING_ERASED, ...row.counts },
    digest: row.digest,
  };
}
