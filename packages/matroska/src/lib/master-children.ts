import { viewOf } from './byte-view.ts';
import { readElementHeader } from './element-header.ts';

export interface ChildElement {
  readonly id: number;
  readonly content: Uint8Array;
}

/**
 * Walks the children of a master held in one buffer, in order.
 * Returns false, after the children that could be read, when one has a bad header, an unknown size or overruns its parent.
 */
export function visitChildren(master: Uint8Array, visit: (child: ChildElement) => void): boolean {
  let at = 0;
  while (at < master.length) {
    const header = readElementHeader(master, at, master.length);
    if (header === 'more' || header === 'invalid') return false;
    const contentAt = at + header.headerBytes;
    const end = contentAt + header.contentBytes;
    if (end > master.length) return false;
    visit({ id: header.id, content: viewOf(master, contentAt, end) });
    at = end;
  }
  return true;
}
