import { createRedactor, type RedactionPolicy } from '../src/index.ts';
import type { ConversationMasker } from './score.ts';

const TURN_MS = 3000;

/** Our own redactor, its state going from turn to turn as in a call. */
export function maskWithEngine(policy: RedactionPolicy): ConversationMasker {
  const redactor = createRedactor(policy);
  return () => {
    let state = redactor.initialState();
    return ({ role, text }, index) => {
      const result = redactor.redact({ role, text, atMs: index * TURN_MS }, state);
      state = result.state;
      return result;
    };
  };
}
