import { describe, expect, it } from 'vitest';
import { createEventParser } from './event-parser.ts';

describe('createEventParser', () => {
  const streams = [
    { given: 'id: 1\nevent: a\ndata: x\n\n', want: [{ type: 'a', data: 'x', id: '1' }] },
    {
      given: 'data: x\n\ndata: y\n\n',
      want: ['x', 'y'].map((data) => ({ type: 'message', data, id: undefined })),
    },
    { given: 'data:x\ndata: y\n\n', want: [{ type: 'message', data: 'x\ny', id: undefined }] },
    {
      given: 'id: 1\rdata: x\r\n\r\ndata: y\n\n',
      want: ['x', 'y'].map((data) => ({ type: 'message', data, id: '1' })),
    },
    { given: ': here\n\nretry: 5\n\n', want: [{ type: 'comment', data: ' here', id: undefined }] },
    {
      given: 'event: a\n\ndata: {"b": ": c"}\n\ndata: lost',
      want: [{ type: 'message', data: '{"b": ": c"}', id: undefined }],
    },
  ];
  it.each(streams)('reads $given the same wherever it is cut', ({ given, want }) => {
    for (let cut = 0; cut <= given.length; cut += 1) {
      const parser = createEventParser();
      const events = [
        ...parser.push(given.slice(0, cut)),
        ...parser.push(given.slice(cut)),
        ...parser.push(''),
      ];
      expect(events).toEqual(want);
    }
  });

  it('gives up on an event without end', () => {
    const parser = createEventParser();
    const push = (): void => {
      for (let count = 0; count < 1100; count += 1) parser.push(`data: ${'x'.repeat(1024)}\n`);
    };
    expect(push).toThrow('exceeds limit 1048576 characters');
  });
});
