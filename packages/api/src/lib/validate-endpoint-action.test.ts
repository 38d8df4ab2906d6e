import { describe, expect, it } from 'vitest';
import { validateReplayBody, validateRotateBody } from './validate-endpoint-action.ts';
import { problemText, type Validation } from './validation.ts';

const RANGE = { from: '2026-11-23T12:00:00Z', to: '2026-11-23T13:00:00+00:00' };

function told(checked: Validation<unknown>): string {
  return checked.ok ? 'accepted' : `${checked.code} ${problemText(checked.problems)}`;
}

describe('validateReplayBody', () => {
  it.each([{ guid: 'a' }, RANGE, { ...RANGE, states: ['dead'] }])('accepts %j', (body) => {
    expect(validateReplayBody(body)).toEqual({ ok: true, value: body });
  });

  it.each([
    { given: {}, want: '400-03 body must have /guid, or /from and /to' },
    { given: { ...RANGE, guid: 'a' }, want: '400-03 /guid must be absent beside /from and /to' },
    { given: { from: RANGE.from }, want: '400-03 /to is required' },
    { given: { to: RANGE.to }, want: '400-03 /from is required' },
    { given: { from: RANGE.to, to: RANGE.from }, want: '400-03 /to must be after /from' },
    { given: { from: RANGE.from, to: RANGE.from }, want: '400-03 /to must be after /from' },
    {
      given: { ...RANGE, from: '2026-11-23T12:00:00' },
      want: '400-03 /from must be a date and time like 2026-11-23T12:00:00Z',
    },
    {
      given: { ...RANGE, to: '2026-13-41T12:00:00Z' },
      want: '400-03 /to must be a date and time like 2026-11-23T12:00:00Z',
    },
    { given: { guid: 'a', states: [] }, want: '400-03 /states must have at least 1 items' },
    {
      given: { guid: 'a', states: ['pending'] },
      want: '400-03 /states/0 must be "failed", "dropped" or "dead"',
    },
  ])('refuses $given', ({ given, want }) => {
    expect(told(validateReplayBody(given))).toBe(want);
  });
});

describe('validateRotateBody', () => {
  it.each([{}, { overlapSeconds: 0 }, { overlapSeconds: 604_800 }])('accepts %j', (body) => {
    expect(validateRotateBody(body)).toEqual({ ok: true, value: body });
  });

  it.each([
    { given: null, want: '400-03 body must be an object' },
    { given: { overlapSeconds: -1 }, want: '400-03 /overlapSeconds must be at least 0' },
    { given: { overlapSeconds: 604_801 }, want: '400-03 /overlapSeconds must be at most 604800' },
  ])('refuses $given', ({ given, want }) => {
    expect(told(validateRotateBody(given))).toBe(want);
  });
});
