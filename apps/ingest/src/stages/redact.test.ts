import type { Utterance } from '@earshot/domain';
import { createRedactor, defaultPolicy } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { openConversationRedactor } from './redact.ts';

const SPOKEN = { startMs: 0, endMs: 1000, startSample: 0, endSample: 8000 };

function turn(role: Utterance['role'], text: string): Utterance {
  return { ...SPOKEN, role, text };
}

async function open(language = 'en-US', sealedState?: Uint8Array) {
  return await openConversationRedactor(
    {
      redactor: createRedactor(defaultPolicy),
      vault: {
        seal: async (_tenantId, _recordId, plaintext) => Buffer.from(plaintext),
        open: async (_tenantId, _recordId, sealed) => sealed,
      },
    },
    { tenantId: 'tenant', conversationId: 'conversation', sealedState, language },
  );
}

describe('openConversationRedactor', () => {
  it('writes numbers as people write them', async () => {
    const redactor = await open();
    const { text } = await redactor.redact(turn('agent', 'that is twenty five dollars'), 0);
    expect(text).toBe('That is $25.');
  });

  it.each([
    'My card number is five one seven three nine five six one three zero nine seven six one nine seven.',
    'My card number is 5173 9561 3097 6197.',
    'My pin number is five nine three seven.',
  ])('shows no figure of %j', async (given) => {
    const redactor = await open();
    const { text, findings } = await redactor.redact(turn('customer', given), 0);
    expect(text).not.toMatch(/\d|five|nine/i);
    expect(findings).not.toHaveLength(0);
  });

  it('masks the answer to a question of the turn before, whoever goes on with the call', async () => {
    const first = await open();
    const { sealedState } = await first.redact(turn('agent', 'What is your pin number?'), 0);
    const second = await open('en-US', sealedState);
    const { text } = await second.redact(turn('customer', 'Sure, five nine three seven.'), 2000);
    expect(text).not.toMatch(/\d|five/i);
  });

  it('leaves the numbers and capitals of other languages as heard', async () => {
    const redactor = await open('es-US');
    const { text } = await redactor.redact(turn('agent', 'son twenty five pesos.'), 0);
    expect(text).toBe('son twenty five pesos.');
  });
});
