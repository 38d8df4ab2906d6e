import { documentHead, documentTail, type DocumentStyle } from './connect-document.ts';
import { faultyDocument, needsWholeDocument } from './faults/fragment-document.ts';
import type { Fragment } from './fragment.ts';
import { mediaBlocks } from './media-blocks.ts';
import type { MediaPart } from './media-part.ts';
import type { MediaSession } from './media-session.ts';
import type { StoredFragments } from './stored-fragments.ts';

/** One fragment's document as it grows; whole once it is complete when a fault is about the whole of it. */
export async function* fragmentParts(
  stored: StoredFragments,
  fragment: Fragment,
  session: MediaSession,
): AsyncGenerator<MediaPart, void, undefined> {
  const faults = stored.faultsOf(fragment);
  if (faults.some(needsWholeDocument)) {
    for (let bytes = -1; fragment.serverEndMs === undefined && !session.isOver; await session.wait()) {
      if (fragment.bytes !== bytes) session.noteMedia();
      ({ bytes } = fragment);
    }
    if (fragment.serverEndMs === undefined) return;
    session.noteMedia();
    yield { bytes: wholeDocument(stored, fragment, 'GetMedia'), fragment, isFragmentEnd: true };
    return;
  }
  const { identity } = stored.stream.options;
  const view = stored.view(fragment);
  strikeView(stored, fragment);
  const pending = [documentHead(view, identity, 'GetMedia')];
  for (let sent = 0; ;) {
    if (sent < fragment.blocks.length || isComplete(fragment)) session.noteMedia();
    if (session.isOver) return;
    if (sent < fragment.blocks.length) {
      const blocks = fragment.blocks.slice(sent);
      sent += blocks.length;
      pending.push(mediaBlocks(view.mapBlocks(blocks)));
    }
    const isFragmentEnd = fragment.serverEndMs !== undefined;
    if (isFragmentEnd)
      pending.push(documentTail(view, identity, { behindMs: millisBehind(stored, fragment) }));
    if (pending.length > 0) yield { bytes: Buffer.concat(pending.splice(0)), fragment, isFragmentEnd };
    if (isFragmentEnd) return;
    if (sent === fragment.blocks.length && !isComplete(fragment)) await session.wait();
  }
}

/** It may have become so while its reader was given something. */
function isComplete({ serverEndMs }: Fragment): boolean {
  return serverEndMs !== undefined;
}

/** A complete fragment with all its faults. */
export function wholeDocument(stored: StoredFragments, fragment: Fragment, style: DocumentStyle): Uint8Array {
  const { faults, operation, stream } = stored;
  const { identity } = stream.options;
  const view = stored.view(fragment);
  strikeView(stored, fragment);
  const live = style === 'GetMedia' ? { behindMs: millisBehind(stored, fragment) } : undefined;
  const document = Buffer.concat([
    documentHead(view, identity, style),
    mediaBlocks(view.mapBlocks(fragment.blocks)),
    documentTail(view, identity, live),
  ]);
  const { number, ordinal } = fragment;
  return faultyDocument(document, ordinal, stored.faultsOf(fragment), (armed, about) => {
    faults?.strike(armed, { operation, fragmentNumber: number, ordinal, ...about });
  });
}

function strikeView(stored: StoredFragments, fragment: Fragment): void {
  const { faults, operation } = stored;
  const { number: fragmentNumber, ordinal } = fragment;
  for (const armed of stored.faultsOf(fragment)) {
    if (!needsWholeDocument(armed)) faults?.strike(armed, { operation, fragmentNumber, ordinal });
  }
}

function millisBehind(stored: StoredFragments, fragment: Fragment): number {
  return Math.max(0, (stored.stream.newest()?.serverTimestampMs ?? 0) - fragment.serverTimestampMs);
}
