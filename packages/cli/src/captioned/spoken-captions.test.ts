import { describe, expect, it } from 'vitest';
import { spokenCaptions } from './spoken-captions.ts';

const cue = (text: string, role?: 'customer' | 'agent', startMs = 0) => ({
  trackNumber: 1,
  startMs,
  endMs: startMs + 1000,
  text,
  ...(role === undefined ? {} : { role }),
});

describe('spokenCaptions', () => {
  it.each([
    { given: cue('Hello', 'customer'), want: ['customer', 'Hello'] },
    { given: cue('Agent: Hello'), want: ['agent', 'Hello'] },
    { given: cue('<v Customer>Hello\nthere'), want: ['customer', 'Hello there'] },
    { given: cue('Agent: Hello', 'customer'), want: ['agent', 'Hello'] },
    { given: cue('Operator, please'), want: [undefined, 'Operator, please'] },
    { given: cue('<i>Hello</i>'), want: [undefined, 'Hello'] },
  ])('of $given.text by $given.role are $want', ({ given, want }) => {
    const [caption] = spokenCaptions({ cues: [given] }, undefined);
    expect([caption?.role, caption?.text]).toEqual(want);
  });

  it('are the speaker that was asked for, whatever the file tells', () => {
    expect(spokenCaptions({ cues: [cue('Agent: Hello', 'agent')] }, 'customer')).toMatchObject([
      { role: 'customer', text: 'Hello' },
    ]);
  });

  it('have words, and are there once', () => {
    const cues = [cue('  '), cue('Yes'), cue('Yes'), cue('Yes', 'agent'), cue('Yes', undefined, 5)];
    expect(spokenCaptions({ cues }, undefined).map(({ role, startMs }) => [role, startMs])).toEqual([
      [undefined, 0],
      ['agent', 0],
      [undefined, 5],
    ]);
  });
});
