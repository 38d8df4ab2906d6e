import type { ListFragmentsCommand } from '@aws-sdk/client-kinesis-video-archived-media';
import { describe, expect, it } from 'vitest';
import { findPredecessor } from './find-predecessor.ts';

const BEFORE_MS = 1_700_000_000_000;
const MINUTE_MS = 60_000;

interface Archived {
  readonly FragmentNumber: string;
  readonly atMs: number;
}

/** Pages of two, newest page first: the service sorts nothing. */
function archive(fragments: readonly Archived[]) {
  const asked: string[] = [];
  const send = (command: ListFragmentsCommand) => {
    const { FragmentSelector, NextToken = '0' } = command.input;
    const { StartTimestamp, EndTimestamp } = FragmentSelector?.TimestampRange ?? {};
    const [fromMs, toMs] = [StartTimestamp?.getTime() ?? 0, EndTimestamp?.getTime() ?? 0];
    asked.push(`${(fromMs - BEFORE_MS) / MINUTE_MS}..${(toMs - BEFORE_MS) / MINUTE_MS} ${NextToken}`);
    const all = fragments.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs).toReversed();
    const at = Number(NextToken);
    const more = at + 2 < all.length ? { NextToken: String(at + 2) } : {};
    return Promise.resolve({ Fragments: all.slice(at, at + 2), ...more });
  };
  return { asked, client: { send } as unknown as Parameters<typeof findPredecessor>[0] };
}

const find = (client: Parameters<typeof findPredecessor>[0], fragmentNumber: string) => {
  return findPredecessor(
    client,
    'arn',
    { fragmentNumber, beforeMs: BEFORE_MS },
    new AbortController().signal,
  );
};

const at = (FragmentNumber: string, minutesBefore: number): Archived => {
  return { FragmentNumber, atMs: BEFORE_MS - minutesBefore * MINUTE_MS };
};

describe('findPredecessor', () => {
  it('finds the nearest lower number, whatever the order and however long the numbers', async () => {
    const long = '9'.repeat(46);
    const { client } = archive([at(`${long}1`, 5), at(`${long}3`, 4), at(`${long}2`, 3), at(`${long}9`, 1)]);
    expect(await find(client, `${long}4`)).toBe(`${long}3`);
  });

  it('looks further back only when nearer times hold none', async () => {
    const { asked, client } = archive([at('5', 100), at('7', 30), at('9', 2)]);
    expect(await find(client, '7')).toBe('5');
    expect(asked).toEqual(['-15..0 0', '-60..-15 0', '-240..-60 0']);
  });

  it('tells none where the archive holds none', async () => {
    expect(await find(archive([at('9', 2)]).client, '7')).toBeUndefined();
  });

  it('asks for six pages at most', async () => {
    const { asked, client } = archive(
      Array.from({ length: 40 }, (_, index) => at(String(index + 1), 40 - index)),
    );
    await find(client, '1');
    expect(asked).toHaveLength(6);
  });
});
