import { describe, expect, it } from 'vitest';
import { createRefusalLines } from './refusal-lines.ts';

describe('createRefusalLines', () => {
  it('tells the same handshake once and counts those that follow', () => {
    const lines: string[] = [];
    const refusals = createRefusalLines((line) => void lines.push(line));
    for (const reason of ['no certificate', 'no certificate', 'no certificate', 'reset', 'reset']) {
      refusals.handshake(reason);
    }
    refusals.told('Refused: no secret');
    refusals.told('Refused: no secret');
    refusals.handshake('reset');
    refusals.flush();
    expect(lines).toEqual([
      'no certificate',
      '  the same 2 times more',
      'reset',
      '  the same once more',
      'Refused: no secret',
      'Refused: no secret',
      'reset',
    ]);
  });
});
