import { fragmentParts } from './fragment-parts.ts';
import type { MediaPart } from './media-part.ts';
import type { MediaSession } from './media-session.ts';
import type { StoredFragments } from './stored-fragments.ts';

/** What one GetMedia response is made of: one document a fragment, blocks as soon as the producer sent them. */
export async function* mediaParts(
  stored: StoredFragments,
  startOrdinal: number,
  session: MediaSession,
): AsyncGenerator<MediaPart, void, undefined> {
  let ordinal = startOrdinal;
  for (;;) {
    const fragment = stored.from(ordinal);
    // A reader or a process that is slow with what is stored is no silence.
    if (fragment !== undefined) session.noteMedia();
    if (session.isOver) return;
    if (fragment === undefined) {
      await session.wait();
      continue;
    }
    yield* fragmentParts(stored, fragment, session);
    if (fragment.serverEndMs === undefined) return;
    ordinal = fragment.ordinal + 1;
  }
}
