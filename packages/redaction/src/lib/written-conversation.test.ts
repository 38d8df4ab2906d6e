import { describe, expect, it } from 'vitest';
import { WrittenConversation } from './written-conversation.ts';
import { defaultPolicy } from './policy.ts';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor(defaultPolicy);
const ask = { role: 'agent', text: 'What is your PIN?', atMs: 0 } as const;

function answer(text: string, atMs = 2000) {
  return { role: 'customer', text, atMs } as const;
}

describe('WrittenConversation', () => {
  it('remembers what was asked', () => {
    const conversation = new WrittenConversation(redactor);
    conversation.redact(ask);
    expect(conversation.redact(answer('One two three four.'))).toMatchObject({
      text: '####.',
      findings: [{ entity: 'PIN' }],
    });
  });

  it('forgets what was asked more than a minute ago', () => {
    const conversation = new WrittenConversation(redactor);
    conversation.redact(ask);
    expect(conversation.redact(answer('One two three four.', 61_000)).text).toBe('One two three four.');
  });

  it('judges the written form as well', () => {
    const write = (text: string): string => text.replace('the usual', '4929');
    const conversation = new WrittenConversation(redactor, { write });
    conversation.redact(ask);
    expect(conversation.redact(answer('My PIN is the usual.')).text).toBe('My PIN is ####.');
  });

  it('goes on from the state of another', () => {
    const first = new WrittenConversation(redactor);
    first.redact(ask);
    const second = new WrittenConversation(redactor, { state: first.state });
    expect(second.redact(answer('One two three four.')).text).toBe('####.');
  });
});

describe('WrittenTurn.findings', () => {
  const write = (text: string): string =>
    text.replace('two dollars', '$2').replace('the usual', '4929').replace(/$/, '.');

  it('has its places in the text that is given back, in order', () => {
    const conversation = new WrittenConversation(redactor, { write });
    const { text, findings } = conversation.redact(
      answer('two dollars, my PIN is the usual and my card is 4111 1111 1111 1111'),
    );
    expect(findings.map(({ entity, start, end }) => [entity, text.slice(start, end)])).toEqual([
      ['PIN', '####'],
      ['CREDIT_CARD_NUMBER', '#### #### #### ####'],
    ]);
    expect(text.startsWith('$2, my PIN is ####')).toBe(true);
  });
});
