import type { ParticipantRole } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from './policy.ts';
import { createRedactor } from './redactor.ts';
import { parseState, serializeState } from './state.ts';

const CALL: readonly (readonly [ParticipantRole, string])[] = [
  ['agent', 'may i have the long number across the front of the card'],
  ['customer', 'yes it starts four nine two nine'],
  ['agent', 'mhm'],
  ['customer', 'eight zero one five'],
  ['customer', 'double seven two three'],
  ['agent', 'go on'],
  ['customer', 'nine one one oh'],
  ['agent', 'and the three digits on the back'],
  ['customer', 'hold on'],
  ['customer', 'six four two'],
];
const DIGIT_WORDS = /\b(?:zero|oh|one|two|four|five|seven|eight|nine|double)\b/;

describe('createRedactor after a take-over', () => {
  it.each(CALL.map((_, at) => at))('masks the rest of a card when it goes on before turn %i', (handOver) => {
    let redactor = createRedactor(defaultPolicy);
    let state = redactor.initialState();
    const said = CALL.map(([role, text], at) => {
      if (at === handOver) {
        redactor = createRedactor(defaultPolicy);
        state = parseState(serializeState(state));
      }
      const result = redactor.redact({ role, text, atMs: at * 3000 }, state);
      state = result.state;
      return role === 'customer' ? result.text : '';
    });
    expect(said.filter((text) => DIGIT_WORDS.test(text))).toEqual([]);
  });

  it.each(CALL.map((_, at) => at))('masks the rest when the state was lost before turn %i', (handOver) => {
    const redactor = createRedactor(defaultPolicy);
    let state = redactor.initialState();
    const said = CALL.map(([role, text], at) => {
      if (at === handOver) state = parseState('{"version":1}');
      const result = redactor.redact({ role, text, atMs: at * 3000 }, state);
      state = result.state;
      return role === 'customer' ? result.text : '';
    });
    expect(said.filter((text) => DIGIT_WORDS.test(text))).toEqual([]);
  });
});
