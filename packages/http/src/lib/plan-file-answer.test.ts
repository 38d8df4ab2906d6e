import { describe, expect, it } from 'vitest';
import { planFileAnswer, type FileAnswer, type ServedFile } from './plan-file-answer.ts';

const FILE: ServedFile = { byteCount: 100, etag: '"a"', contentType: 'audio/wav', fileName: 'a b/"c".wav' };

function plan(
  headers: Readonly<Record<string, string>> = {},
  { method = 'GET', byteCount = 100 }: { readonly method?: string; readonly byteCount?: number } = {},
): FileAnswer {
  return planFileAnswer({ method, header: (name) => headers[name] }, { ...FILE, byteCount });
}

describe('planFileAnswer', () => {
  it('answers the whole under a name that breaks no header', () => {
    expect(plan()).toEqual({
      status: 200,
      headers: {
        'accept-ranges': 'bytes',
        'content-disposition': 'attachment; filename="a_b__c_.wav"',
        'content-length': '100',
        'content-type': 'audio/wav',
        'x-content-type-options': 'nosniff',
        etag: '"a"',
      },
      body: { from: 0, to: 99 },
    });
  });

  it.each([
    { given: 'bytes=0-9', want: { from: 0, to: 9 } },
    { given: 'bytes=90-', want: { from: 90, to: 99 } },
    { given: 'bytes=-5', want: { from: 95, to: 99 } },
    { given: 'bytes=-500', want: { from: 0, to: 99 } },
    { given: 'bytes=3-100000', want: { from: 3, to: 99 } },
    { given: 'bytes = 3 - 4', want: { from: 3, to: 4 } },
  ])('answers 206 to $given', ({ given, want }) => {
    const { status, headers, body } = plan({ range: given });
    expect({ status, body }).toEqual({ status: 206, body: want });
    expect(headers['content-range']).toBe(`bytes ${want.from}-${want.to}/100`);
    expect(headers['content-length']).toBe(String(want.to - want.from + 1));
  });

  it.each(['bytes=0-1,3-4', 'rows=1-2', 'bytes=5-2', 'bytes=-', 'bytes=1e1-', ''])(
    'answers the whole to %j',
    (range) => expect(plan({ range })).toMatchObject({ status: 200, body: { from: 0, to: 99 } }),
  );

  it.each(['bytes=100-', 'bytes=-0', 'bytes=999-1000'])('answers 416 to %s', (range) => {
    const { status, headers, body } = plan({ range });
    expect({ status, body }).toEqual({ status: 416, body: undefined });
    expect(headers['content-range']).toBe('bytes */100');
    expect(headers['content-length']).toBeUndefined();
    expect(headers['content-type']).toBeUndefined();
  });

  it('answers a range only of the same bytes', () => {
    const range = 'bytes=0-1';
    expect(plan({ range, 'if-range': '"a"' }).status).toBe(206);
    expect(plan({ range, 'if-range': '"b"' }).status).toBe(200);
    expect(plan({ range, 'if-range': 'W/"a"' }).status).toBe(200);
  });

  it.each(['"a"', 'W/"a"', '"x", "a"', '*'])('answers 304 to If-None-Match %s', (tag) => {
    const { status, body } = plan({ 'if-none-match': tag, range: 'bytes=0-1' });
    expect({ status, body }).toEqual({ status: 304, body: undefined });
  });

  it('answers HEAD as the whole, without it', () => {
    const { status, headers, body } = plan({ range: 'bytes=0-1' }, { method: 'HEAD' });
    expect({ status, body, length: headers['content-length'] }).toEqual({
      status: 200,
      body: undefined,
      length: '100',
    });
  });

  it('reads nothing of a file without bytes', () => {
    expect(plan({}, { byteCount: 0 })).toMatchObject({ status: 200, body: undefined });
    expect(plan({ range: 'bytes=0-' }, { byteCount: 0 }).status).toBe(416);
  });
});
