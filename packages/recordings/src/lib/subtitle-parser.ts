import { createRequire } from 'node:module';
import type { Transform } from 'node:stream';

/** A subtitle track as matroska-subtitles tells it. */
export interface FoundTrack {
  readonly number: number;
  readonly language?: string;
  /** Of `S_TEXT/...`, in small letters: `utf8`, `ssa`, `ass`. */
  readonly type: string;
  readonly name?: string;
}

/** A caption as matroska-subtitles tells it; times are ms in floating point, `duration` is NaN where none is told. */
export interface FoundSubtitle {
  readonly text: string;
  readonly time: number;
  readonly duration: number;
}

/** What is used of matroska-subtitles, which ships no types. */
export interface SubtitleParser {
  on(event: 'tracks', listener: (tracks: readonly FoundTrack[]) => void): unknown;
  on(event: 'subtitle', listener: (subtitle: FoundSubtitle, trackNumber: number) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  write(chunk: Uint8Array, written: (error?: Error | null) => void): unknown;
  destroy(): unknown;
  /** Splits the bytes into elements; it may be behind when the parser has ended. `buffer` is what it holds. */
  readonly decoder: Transform & { readonly buffer: Uint8Array };
}

const load = createRequire(import.meta.url);

/**
 * The library is CommonJS: this is its shape in the one version that package.json names. It looks at elements in a listener
 * that may run on a tick of its own, where what it throws (a caption that is not zlib, say) would end the process:
 * `failed` is told instead.
 */
export function createSubtitleParser(failed: (error: unknown) => void): SubtitleParser {
  const { SubtitleParser } = load('matroska-subtitles') as {
    readonly SubtitleParser: new () => SubtitleParser;
  };
  const parser = new SubtitleParser();
  const { decoder } = parser;
  for (const listener of decoder.listeners('data')) {
    const look = listener as (element: unknown) => void;
    decoder.on('data', (element: unknown) => {
      try {
        look(element);
      } catch (error) {
        failed(error);
      }
    });
    decoder.off('data', look);
  }
  return parser;
}
