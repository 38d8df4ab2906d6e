import {
  ListFragmentsCommand,
  type KinesisVideoArchivedMediaClient,
} from '@aws-sdk/client-kinesis-video-archived-media';
import type { Lookup } from './start-positions.ts';

const MINUTE_MS = 60_000;
/** How far back is looked, nearest first: a page holds 1000 fragments, about 17 min of a call. */
const WINDOWS_MS = [15 * MINUTE_MS, 60 * MINUTE_MS, 4 * 60 * MINUTE_MS] as const;
const PAGES_MAX = 6;

/**
 * Number of the last fragment before the wanted one, from the archive; `undefined` where it holds none in time.
 * Numbers are compared as what they are: pages come in no order, and a JavaScript number holds 16 digits of 47.
 */
export async function findPredecessor(
  client: Pick<KinesisVideoArchivedMediaClient, 'send'>,
  streamArn: string,
  { fragmentNumber, beforeMs }: Lookup,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const wanted = BigInt(fragmentNumber);
  let pagesLeft = PAGES_MAX;
  let untilMs = beforeMs;
  for (const windowMs of WINDOWS_MS) {
    const fromMs = beforeMs - windowMs;
    let best: { readonly number: bigint; readonly text: string } | undefined;
    let nextToken: string | undefined;
    do {
      if (pagesLeft === 0) return best?.text;
      pagesLeft -= 1;
      const command = new ListFragmentsCommand({
        StreamARN: streamArn,
        MaxResults: 1000,
        FragmentSelector: {
          FragmentSelectorType: 'SERVER_TIMESTAMP',
          TimestampRange: { StartTimestamp: new Date(fromMs), EndTimestamp: new Date(untilMs) },
        },
        NextToken: nextToken,
      });
      const page = await client.send(command, { abortSignal });
      for (const { FragmentNumber = '' } of page.Fragments ?? []) {
        if (!/^[0-9]{1,128}$/.test(FragmentNumber)) continue;
        const number = BigInt(FragmentNumber);
        if (number < wanted && (best === undefined || number > best.number))
          best = { number, text: FragmentNumber };
      }
      nextToken = page.NextToken;
    } while (nextToken !== undefined);
    if (best !== undefined) return best.text;
    untilMs = fromMs;
  }
  return undefined;
}
