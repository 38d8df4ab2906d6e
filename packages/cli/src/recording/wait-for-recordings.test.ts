import type { Recording } from '@earshot/api';
import { describe, expect, it } from 'vitest';
import { CliError } from '../verb.ts';
import { waitForRecordings } from './wait-for-recordings.ts';

const leg = (state: Recording['state'], number = 1): Recording => ({
  leg: number,
  sessionId: `s-${number}`,
  state,
  durationMs: 9000,
  holes: [],
});

function waiting(answers: readonly (readonly Recording[])[], signal = new AbortController().signal) {
  const told: string[] = [];
  let looks = 0;
  const list = async (): Promise<readonly Recording[]> => answers[looks++] ?? answers.at(-1) ?? [];
  const onWaiting = (what: string): void => void told.push(what);
  return { told, done: waitForRecordings({ list, waitMs: 10, pollMs: 1, onWaiting, signal }) };
}

describe('waitForRecordings', () => {
  it('waits until there is one and all are finished, and tells once what for', async () => {
    const both = [leg('ready'), leg('failed', 2)];
    const { told, done } = waiting([
      [],
      [],
      [leg('recording')],
      [leg('finishing'), leg('recording', 2)],
      both,
    ]);
    expect(await done).toEqual(both);
    expect(told).toEqual([
      'nothing is stored yet',
      'leg 1 is recording',
      'leg 1 is finishing, leg 2 is recording',
    ]);
  });

  it('does not wait for what is there', async () => {
    const { told, done } = waiting([[leg('ready')]]);
    expect(await done).toEqual([leg('ready')]);
    expect(told).toEqual([]);
  });

  it.each([
    { given: [], want: 'Waited 0.01 s for the recording: nothing is stored yet' },
    {
      given: [leg('ready'), leg('recording', 2)],
      want: 'Waited 0.01 s for the recording: leg 2 is recording',
    },
  ])('gives up after its time: $want', async ({ given, want }) => {
    await expect(waiting([given]).done).rejects.toThrow(new CliError(want));
  });

  it('ends when it is interrupted', async () => {
    const controller = new AbortController();
    controller.abort(new CliError('Interrupted'));
    await expect(waiting([[]], controller.signal).done).rejects.toThrow(new CliError('Interrupted'));
  });
});
