import { describe, expect, it } from 'vitest';
import { compareWithCaptions } from './compare-captions.ts';

const spoken = (role: 'customer' | 'agent', startMs: number, text: string) => ({
  role,
  startMs,
  endMs: startMs + 1000,
  text,
});

describe('compareWithCaptions', () => {
  it('counts word errors by side, in clips cut where nobody speaks', () => {
    const captions = [
      spoken('agent', 0, 'What is your PIN?'),
      spoken('customer', 2000, 'My PIN is ####.'),
      spoken('customer', 9000, 'Ten of clubs'),
    ];
    const lines = [
      spoken('agent', 100, 'what is your pin'),
      spoken('customer', 2400, 'My pin is'),
      spoken('customer', 9100, 'tenor clubs'),
    ];
    const { wer, bySource, clips } = compareWithCaptions(captions, lines);
    expect([wer, bySource]).toEqual([2 / 10, { customer: 2 / 6, agent: 0 }]);
    expect(clips.map(({ file, wer: rate }) => [file, rate])).toEqual([
      ['customer 9.0 s', 2 / 3],
      ['agent 0.0 s', 0],
      ['customer 2.0 s', 0],
    ]);
  });

  it('counts what was heard without a caption, and what was not heard', () => {
    const { bySource } = compareWithCaptions(
      [spoken('agent', 0, 'one two'), spoken('agent', 5000, 'three')],
      [spoken('agent', 9000, 'four'), spoken('agent', 5000, 'three')],
    );
    expect(bySource).toEqual({ agent: 3 / 3 });
  });

  it('compares both sides together where captions do not tell who speaks', () => {
    const captions = [{ startMs: 0, endMs: 3000, text: 'Hello. Hi there' }];
    const lines = [spoken('agent', 1500, 'hi there'), spoken('customer', 0, 'hello')];
    expect(compareWithCaptions(captions, lines)).toMatchObject({ wer: 0, bySource: { call: 0 } });
  });

  it('leaves out a side that has no captions', () => {
    const { bySource } = compareWithCaptions(
      [spoken('agent', 0, 'yes')],
      [spoken('customer', 0, 'no'), spoken('agent', 0, 'yes')],
    );
    expect(bySource).toEqual({ agent: 0 });
  });
});
