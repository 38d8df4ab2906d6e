import { elementName } from './element-id.ts';
import type { MatroskaProblemCode } from './matroska-error.ts';
import type { ProblemReport } from './matroska-event.ts';
import type { OpenMasters } from './open-masters.ts';
import type { PendingElement } from './pending-element.ts';

/** An element's id and where it stands in the stream. */
export interface Extent {
  readonly id: number;
  readonly offset: number;
  readonly endOffset: number;
}

/** A problem with the element `id` at `offset`; `skippedBytes` only where it is known. */
export function elementProblem(
  code: MatroskaProblemCode,
  { id, offset }: { readonly id: number; readonly offset: number },
  reason: string,
  skippedBytes?: number,
): ProblemReport {
  const message = `Cannot read ${elementName(id)}: ${reason}`;
  return { code, offset, message, ...(skippedBytes === undefined ? {} : { skippedBytes }) };
}

export function sizeLimitReason(contentBytes: number, limitBytes: number): string {
  return `element size ${contentBytes} bytes exceeds limit ${limitBytes} bytes`;
}

/** What the stream's end cut off: an element, a header, or a master before its declared end. */
export function truncation(
  pending: PendingElement | undefined,
  position: number,
  end: number,
  masters: OpenMasters,
): ProblemReport | undefined {
  if (pending !== undefined) {
    const reason = `stream ends ${pending.endOffset - end} bytes before its end`;
    return elementProblem('matroska.truncated', pending, reason, end - pending.offset);
  }
  const inHeader = 'Cannot read element: stream ends inside its header';
  const message = position < end ? inHeader : masters.cutShort(end, 'stream ends');
  if (message === undefined) return undefined;
  return { code: 'matroska.truncated', offset: position, message, skippedBytes: end - position };
}
