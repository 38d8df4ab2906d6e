import type { FollowEvent } from '@earshot/client';
import type { Terminal } from '../verb.ts';
import { describe, describeEnd, type CallLines } from './call-lines.ts';

const CARRIAGE_RETURN = '\r';
const ERASE_BELOW = '\u001b[0J';
const DIM = '\u001b[2m';
const NORMAL = '\u001b[0m';
const up = (count: number): string => (count > 0 ? `\u001b[${count}A` : '');

/** Sides that talk at the same time; of more, the newest are shown. */
const GROWING_MAX = 4;

/**
 * Finished utterances scroll by; below them each side that is speaking has one line, whose words grow in place. A line
 * that would be too long shows its end.
 */
export function growingLines({ columns, write }: Terminal): CallLines {
  const growing = new Map<string, { readonly startMs: number; readonly line: string }>();
  let drawnCount = 0;

  const draw = (finished: readonly string[]): void => {
    const erase = drawnCount > 0 ? `${CARRIAGE_RETURN}${up(drawnCount - 1)}${ERASE_BELOW}` : '';
    const lines = [...growing.values()].map(({ line }) => `${DIM}${endOf(line, columns() - 1)}${NORMAL}`);
    drawnCount = lines.length;
    write(`${erase}${finished.map((line) => `${line}\n`).join('')}${lines.join('\n')}`);
  };
  const finish = (streamId: string | undefined, startMs: number | undefined): void => {
    const line = streamId === undefined ? undefined : growing.get(streamId);
    if (streamId !== undefined && line !== undefined && line.startMs <= (startMs ?? Infinity)) {
      growing.delete(streamId);
    }
  };
  const grow = ({ data }: Extract<FollowEvent, { readonly type: 'partial' }>): void => {
    growing.delete(data.streamId);
    growing.set(data.streamId, { startMs: data.startMs, line: describe(data, '~') });
    const [oldest] = growing.keys();
    if (growing.size > GROWING_MAX && oldest !== undefined) growing.delete(oldest);
  };

  return {
    close() {
      growing.clear();
      draw([]);
    },
    show(event) {
      switch (event.type) {
        case 'partial':
          grow(event);
          return draw([]);
        case 'message':
          finish(event.data.streamId, event.data.startMs);
          return draw([describe(event.data, ' ')]);
        case 'end':
          growing.clear();
          return draw([describeEnd(event)]);
      }
    },
  };
}

const LABEL_CHARS = 21;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The label and the last of the words, in as many characters. */
function endOf(line: string, charsMax: number): string {
  const characters = Array.from(graphemes.segment(line), ({ segment }) => segment);
  if (characters.length <= charsMax) return line;
  const tailChars = Math.max(1, charsMax - LABEL_CHARS - 1);
  return [...characters.slice(0, LABEL_CHARS), '…', ...characters.slice(-tailChars)].join('');
}
