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
