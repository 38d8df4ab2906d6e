import type { FollowEvent } from '@earshot/client';
import { describe, expect, it } from 'vitest';
import { jsonLines, plainLines } from './call-lines.ts';
import { growingLines } from './growing-lines.ts';

const sender = { role: 'customer', externalId: 'c' } as const;

function partial(text: string, streamId = 'one', startMs = 1200): FollowEvent {
  return { type: 'partial', data: { streamId, sender, startMs, endMs: startMs + 1, text, revision: 1 } };
}

function message(text: string, streamId = 'one', startMs = 1200): FollowEvent {
  const at = '2026-11-23T12:00:00.000Z';
  const times = { createdTimestamp: at, clientTimestamp: at, startMs, endMs: startMs + 1 };
  return { type: 'message', id: 'i', data: { text, sender, messageId: 'm', streamId, ...times } };
}

const end: FollowEvent = { type: 'end', data: { sessionId: 's', callState: 'ended' } };

describe('plainLines', () => {
  it('writes a line an event, and words as they are but for control characters', () => {
    const lines: string[] = [];
    const call = plainLines((line) => void lines.push(line));
    for (const event of [partial('I ne'), message('I need\u001b[2J help.'), end]) call.show(event);
    expect(lines).toEqual([
      '    1.2 s  customer ~I ne',
      '    1.2 s  customer  I need [2J help.',
      '           session s ended, the call is ended',
    ]);
  });
});

describe('jsonLines', () => {
  it('writes each event as one line of JSON', () => {
    const lines: string[] = [];
    const call = jsonLines((line) => void lines.push(line));
    for (const event of [partial('I ne'), message('I need help.'), end]) call.show(event);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'partial', text: 'I ne', streamId: 'one', revision: 1 },
      { event: 'message', id: 'i', text: 'I need help.', sender },
      { event: 'end', sessionId: 's', callState: 'ended' },
    ]);
  });
});

const ESCAPE = '\u001b';
const TOKEN = new RegExp(`${ESCAPE}\\[\\d+[A-Za-z]|[^]`, 'gu');

/** A terminal that understands what the lines use: returns, line feeds, up, erase below; attributes are left out. */
function screen(columns: number) {
  const rows: string[] = [''];
  let row = 0;
  let column = 0;
  const write = (text: string): void => {
    for (const [token = ''] of text.matchAll(TOKEN)) {
      const count = Number(/\d+/.exec(token)?.[0] ?? 0);
      if (token === '\n') {
        row += 1;
        column = 0;
        rows[row] ??= '';
      } else if (token === '\r') column = 0;
      else if (token.startsWith(ESCAPE)) {
        if (token.endsWith('A')) row -= count;
        if (token.endsWith('J')) {
          rows.splice(row + 1);
          rows[row] = (rows[row] ?? '').slice(0, column);
        }
      } else {
        rows[row] = (rows[row] ?? '').slice(0, column) + token;
        column += 1;
      }
    }
  };
  return { rows, terminal: { columns: () => columns, write } };
}

describe('growingLines', () => {
  it('lets the words of both sides grow in place below what is finished', () => {
    const { rows, terminal } = screen(60);
    const call = growingLines(terminal);
    for (const event of [
      message('Hello.', 'one', 0),
      partial('I'),
      partial('How', 'two'),
      partial('I need'),
    ]) {
      call.show(event);
    }
    expect(rows).toEqual([
      '    0.0 s  customer  Hello.',
      '    1.2 s  customer ~How',
      '    1.2 s  customer ~I need',
    ]);
    call.show(message('I need help.'));
    expect(rows).toEqual([
      '    0.0 s  customer  Hello.',
      '    1.2 s  customer  I need help.',
      '    1.2 s  customer ~How',
    ]);
    call.show(end);
    expect(rows).toEqual([
      '    0.0 s  customer  Hello.',
      '    1.2 s  customer  I need help.',
      '           session s ended, the call is ended',
      '',
    ]);
  });

  it('keeps the words of a later utterance when an earlier one is finished', () => {
    const { rows, terminal } = screen(60);
    const call = growingLines(terminal);
    call.show(partial('Later', 'one', 5000));
    call.show(message('Earlier.', 'one', 1000));
    expect(rows).toEqual(['    1.0 s  customer  Earlier.', '    5.0 s  customer ~Later']);
  });

  it('shows the end of words that do not fit, on one line', () => {
    const { rows, terminal } = screen(40);
    growingLines(terminal).show(partial('one two three four five six seven'));
    expect(rows).toEqual(['    1.2 s  customer ~…ur five six seven']);
    expect(rows[0]?.length).toBe(39);
  });

  it('leaves nothing unfinished behind', () => {
    const { rows, terminal } = screen(40);
    const call = growingLines(terminal);
    call.show(partial('I need'));
    call.close?.();
    expect(rows).toEqual(['']);
  });
});
