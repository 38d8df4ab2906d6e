import type { Transcript } from '@earshot/api';
import { clockTime, oneLine } from './one-line.ts';

/** `[00:00:04] Customer: Hello.`, one line for each message, with a line where a further leg begins. */
export function formatPlainText({ legs, lines }: Transcript): string {
  const named = new Map(legs.map((one) => [one.leg, one]));
  let told = legs[0]?.leg;
  let text = '';
  for (const { leg, startMs, speaker, text: said } of lines) {
    const begun = leg === undefined || leg === told ? undefined : named.get(leg);
    if (begun !== undefined) text += `-- leg ${begun.leg}, from ${begun.startedTimestamp}\n`;
    told = leg ?? told;
    text += `[${clockTime(startMs, '.').slice(0, -'.000'.length)}] ${oneLine(speaker)}: ${oneLine(said)}\n`;
  }
  return text;
}
