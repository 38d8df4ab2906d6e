import { describe, expect, it } from 'vitest';
import {
  validateGetRecordingQuery,
  validateListCustomVocabulariesQuery,
  validateListDeliveriesQuery,
  validateListEndpointsQuery,
  validateListMessagesQuery,
} from './validate-query.ts';
import { problemText, type Validation } from './validation.ts';

function told(checked: Validation<unknown>): string {
  return checked.ok ? 'accepted' : `${checked.code} ${problemText(checked.problems)}`;
}

describe('validateListMessagesQuery', () => {
  it('passes the parameters through as text', () => {
    const query = { externalId: '123', cursor: '9' };
    expect(validateListMessagesQuery(query)).toEqual({ ok: true, value: query });
  });

  it.each([
    { given: {}, want: '400-03 /externalId is required' },
    { given: { externalId: '' }, want: '400-03 /externalId must not be empty' },
    { given: { externalId: 'a'.repeat(257) }, want: '400-03 /externalId must have at most 256 characters' },
    { given: { externalId: 'a', cursor: '' }, want: '400-03 /cursor must not be empty' },
  ])('refuses $given', ({ given, want }) => {
    expect(told(validateListMessagesQuery(given))).toBe(want);
  });
});

describe('validateListEndpointsQuery', () => {
  it('turns the limit into a number and leaves the given object alone', () => {
    const query = { limit: '100' };
    expect(validateListEndpointsQuery(query)).toEqual({ ok: true, value: { limit: 100 } });
    expect(query).toEqual({ limit: '100' });
  });

  it.each(['0', '101', '1.5', 'many', ''])('refuses limit %j', (limit) => {
    expect(told(validateListEndpointsQuery({ limit }))).toMatch(/^400-03 \/limit must be /);
  });
});

describe('validateGetRecordingQuery', () => {
  it('turns the leg into a number', () => {
    expect(validateGetRecordingQuery({ format: 'wav', leg: '2' })).toEqual({
      ok: true,
      value: { format: 'wav', leg: 2 },
    });
    expect(validateGetRecordingQuery({})).toEqual({ ok: true, value: {} });
  });

  it.each([
    { given: { format: 'mp3' }, want: '400-03 /format must be "mkv" or "wav"' },
    { given: { leg: '0' }, want: '400-03 /leg must be at least 1' },
  ])('refuses $given', ({ given, want }) => {
    expect(told(validateGetRecordingQuery(given))).toContain(want);
  });
});

describe('validateListDeliveriesQuery', () => {
  it('accepts every filter', () => {
    const query = { endpointId: 'e', guid: 'g', state: 'failed', cursor: 'c', limit: '1' };
    expect(validateListDeliveriesQuery(query)).toEqual({ ok: true, value: { ...query, limit: 1 } });
  });

  it('refuses an unknown state', () => {
    const want = '400-03 /state must be "pending", "delivered", "failed", "dropped" or "dead"';
    expect(told(validateListDeliveriesQuery({ state: 'lost' }))).toBe(want);
  });
});

describe('validateListCustomVocabulariesQuery', () => {
  it('turns the limit into a number', () => {
    expect(validateListCustomVocabulariesQuery({ limit: '100' })).toEqual({
      ok: true,
      value: { limit: 100 },
    });
  });

  it.each([
    { given: { limit: '0' }, want: '400-03 /limit must be at least 1' },
    { given: { limit: '101' }, want: '400-03 /limit must be at most 100' },
    { given: { limit: 'all' }, want: '400-03 /limit must be a whole number' },
    { given: { cursor: '' }, want: '400-03 /cursor must not be empty' },
  ])('refuses $given', ({ given, want }) => {
    expect(told(validateListCustomVocabulariesQuery(given))).toBe(want);
  });
});
