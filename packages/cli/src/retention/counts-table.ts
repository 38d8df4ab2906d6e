import type { ErasedRows, RetentionCounts } from '@earshot/api';

const COUNT_COLUMNS = { byAge: 'by age', onRequest: 'on request' } as const;
const HOLDS_TOLD_MAX = 10_000;

/** What went, by its age and on request, beside since when the rest of its kind is kept; a line each. */
export function countsTable({ from, to, byAge, onRequest, kept }: RetentionCounts): readonly string[] {
  const kinds: readonly (readonly [label: string, kind: keyof ErasedRows, since: string | undefined])[] = [
    ['conversations', 'conversations', kept.conversationsSince],
    ['messages', 'messages', 'with their conversation'],
    ['recordings', 'recordings', kept.recordingsSince],
    ['deliveries', 'deliveries', kept.deliveriesSince],
    ['export days', 'exportDays', kept.exportsSince],
    ['receipts', 'receipts', kept.receiptsSince],
  ];
  const rows = [
    ['', COUNT_COLUMNS.byAge, COUNT_COLUMNS.onRequest],
    ...kinds.map(([label, kind]) => [label, String(byAge[kind]), String(onRequest[kind])]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row, index) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    const since = index === 0 ? 'kept since' : (kinds[index - 1]?.[2] ?? 'none kept');
    return [...cells, since].join('  ');
  });
  const holds = `${kept.holds}${kept.holds >= HOLDS_TOLD_MAX ? ' or more' : ''}`;
  return [
    `Erased from ${from} to ${to} (UTC)`,
    ...lines,
    `days of exports kept: ${kept.exportDays}, conversations on hold: ${holds}`,
  ];
}
