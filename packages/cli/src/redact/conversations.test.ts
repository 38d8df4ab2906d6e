import { defaultPolicy } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { createConversations } from './conversations.ts';

describe('createConversations', () => {
  it('forgets the conversation heard longest ago above its bound', () => {
    const conversations = createConversations(defaultPolicy, { conversationsMax: 2 });
    const ask = (id: string) => conversations.redact(id, { role: 'agent', text: 'what is your pin' });
    const answer = (id: string) => conversations.redact(id, { role: 'customer', text: '7391 I think' }).text;
    for (const id of ['a', 'b', 'a', 'c']) ask(id);
    expect(answer('a')).toBe('#### I think');
    expect(answer('c')).toBe('#### I think');
    expect(answer('b')).toBe('7391 I think');
  });
});
