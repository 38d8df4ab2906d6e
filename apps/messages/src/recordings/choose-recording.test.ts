import { describe, expect, it } from 'vitest';
import { chooseRecording, type RecordedSession } from './choose-recording.ts';

function session(ordinal: number, change: Partial<RecordedSession> = {}): RecordedSession {
  return { ordinal, endedAtMs: undefined, settings: { audioRecordingAllowed: true }, ...change };
}

describe('chooseRecording before anything of a leg is stored', () => {
  const notFinished = { code: '409-01', headers: { 'retry-after': '15' } };
  const nothing = { code: '404-01' };
  it.each([
    { given: 'a leg that runs', sessions: [session(1)], leg: undefined, want: notFinished },
    { given: 'a second leg that runs', sessions: [session(1), session(2)], leg: 2, want: notFinished },
    { given: 'another leg than the one that runs', sessions: [session(1)], leg: 2, want: nothing },
    { given: 'a leg that ended', sessions: [session(1, { endedAtMs: 1 })], leg: undefined, want: nothing },
    {
      given: 'a leg that may not be recorded',
      sessions: [session(1, { settings: { audioRecordingAllowed: false } })],
      leg: undefined,
      want: nothing,
    },
    { given: 'no leg', sessions: [], leg: undefined, want: nothing },
  ])('answers $want.code for $given', ({ sessions, leg, want }) => {
    expect(chooseRecording([], leg, sessions)).toMatchObject({ refusal: want });
  });
});
