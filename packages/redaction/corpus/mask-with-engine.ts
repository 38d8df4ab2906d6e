import { createRedactor, type RedactionPolicy } from '../src/index.ts';
import type { ConversationMasker } from './score.ts';

const TURN_MS = 3000;

/** Our own redactor, its state going from turn to turn as in a call. Throws at a turn it could not examine. */
export function maskWithEngine(policy: RedactionPolicy): ConversationMasker {
  const redactor = createRedactor(policy);
  return () => {
    let state = redactor.initialState();
    return ({ conversation, role, text }, index) => {
      const result = redactor.redact({ role, text, atMs: index * TURN_MS }, state);
      // Such a turn is masked whole, which would pass for a good result, and is soon done.
      if (result.findings.some(({ rule }) => rule === 'internal-error'))
        throw new Error(`Cannot measure ${conversation}: turn ${index + 1} met an internal error`);
      state = result.state;
      return result;
    };
  };
}
