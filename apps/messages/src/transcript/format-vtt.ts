import type { Transcript, TranscriptLine } from '@earshot/api';
import { clockTime, cueEndMs, oneLine } from './one-line.ts';

/** WebVTT (W3C): a cue per message with its speaker as a voice, and a note where a further leg begins. */
export function formatVtt({ legs, lines }: Transcript): string {
  const blocks = ['WEBVTT'];
  const waiting = legs.filter(({ leg }) => leg > 1);
  for (const line of lines) {
    while (waiting[0] !== undefined && waiting[0].startMs <= line.startMs) {
      const { leg, startedTimestamp } = waiting.shift() ?? waiting[0];
      blocks.push(`NOTE Leg ${leg}, from ${startedTimestamp}`);
    }
    blocks.push(cue(line));
  }
  return `${blocks.join('\n\n')}\n`;
}

function cue(line: TranscriptLine): string {
  const times = `${clockTime(line.startMs, '.')} --> ${clockTime(cueEndMs(line), '.')}`;
  return `${line.messageId}\n${times}\n<v ${escaped(line.speaker)}>${escaped(line.text)}`;
}

/** `>` too: `-->` in a text would be taken for times. */
function escaped(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
