import { describe, expect, it } from 'vitest';
import { inOrderOfSpeech, redactLines, withoutEchoes, writeLines, type SpokenLine } from './spoken-lines.ts';

const line = (
  role: 'customer' | 'agent',
  startMs: number,
  text: string,
  endMs = startMs + 1000,
): SpokenLine => ({
  role,
  startMs,
  endMs,
  text,
});

describe('writeLines', () => {
  it('writes numbers as people do and masks nothing', () => {
    const [written] = writeLines([line('customer', 0, 'it is forty two dollars')]);
    expect(written?.text).toBe('It is $42.');
  });
});

describe('redactLines', () => {
  it('masks what the other side asked for, however it is written', () => {
    const lines = [
      line('agent', 0, 'May I have your PIN number, please?'),
      line('customer', 2000, 'Sure. Five nine three seven.'),
    ];
    const texts = redactLines(lines).map(({ text }) => text);
    expect(texts[0]).toBe('May I have your PIN number, please?');
    expect(texts[1]).not.toMatch(/five|nine|5937/i);
  });

  it('forgets the question after a minute', () => {
    const lines = [
      line('agent', 0, 'May I have your PIN number, please?'),
      line('customer', 70_000, 'It was in nineteen fifty two.'),
    ];
    expect(redactLines(lines)[1]?.text).toContain('1952');
  });

  it('judges in the order in which speech ended', () => {
    const long = line('customer', 0, 'Um, okay, four four one two.', 9000);
    const asked = line('agent', 4000, 'What is your PIN?', 5000);
    const masked = redactLines([long, asked]).find(({ role }) => role === 'customer');
    expect(masked?.text).not.toMatch(/four|44/);
  });
});

describe('inOrderOfSpeech', () => {
  it('puts the customer first of two who began at once', () => {
    const lines = inOrderOfSpeech([line('agent', 5, 'b'), line('customer', 5, 'a'), line('agent', 1, 'c')]);
    expect(lines.map(({ text }) => text)).toEqual(['c', 'a', 'b']);
  });
});

describe('withoutEchoes', () => {
  /** Noise that gets louder and quieter as speech does. */
  const voice = Int16Array.from({ length: 16_000 }, (_, index) => {
    const loudness = 4000 * (1 + Math.sin(index / 500) * Math.sin(index / 1700));
    return Math.round(loudness * Math.sin(index * index));
  });
  const leak = new Int16Array(16_000);
  for (const [index, sample] of voice.subarray(0, -1200).entries())
    leak[index + 1200] = Math.round(sample / 20);
  const agent = line('agent', 0, 'Hello there.', 1700);
  const echo = line('customer', 150, 'Hello there.', 1850);

  it('drops the side that the other leaks into, and keeps the one that spoke', () => {
    const sides = [
      { role: 'customer', pcm: leak },
      { role: 'agent', pcm: voice },
    ] as const;
    expect(withoutEchoes([agent, echo], sides)).toEqual([agent]);
  });

  it('keeps all lines of one side alone', () => {
    expect(withoutEchoes([echo], [{ role: 'customer', pcm: leak }])).toEqual([echo]);
  });
});
