import type { Transcript } from '@earshot/api';
import { clockTime, cueEndMs, oneLine } from './one-line.ts';

/** SubRip: numbered cues, the speaker before the text. */
export function formatSrt({ lines }: Transcript): string {
  const cues = lines.map((line, index) => {
    const times = `${clockTime(line.startMs, ',')} --> ${clockTime(cueEndMs(line), ',')}`;
    return `${index + 1}\n${times}\n${shown(line.speaker)}: ${shown(line.text)}\n`;
  });
  return cues.join('\n');
}

/** SubRip knows tags (`<i>`, `{\an8}`) and no way to write what looks like one. */
function shown(text: string): string {
  return oneLine(text).replaceAll('<', '‹').replaceAll('>', '›').replaceAll('{\\', '{ \\');
}
