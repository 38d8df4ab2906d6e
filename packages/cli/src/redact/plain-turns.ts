import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { RedactionPolicy } from '@earshot/redaction';
import { createConversations } from './conversations.ts';

const BLANK = /^\s*$/;

/**
 * Masks a conversation of one turn a line. `agent:` or `customer:` in front tells who speaks. Of a line without it that
 * is not known: it is read both as the customer's who goes on and as the other side's answer, and what either finds is
 * masked.
 */
export function createPlainTurns(policy: RedactionPolicy): (line: string) => string {
  const conversations = createConversations(policy);
  let speaker: ParticipantRole = 'agent';
  return (line) => {
    if (BLANK.test(line)) return line;
    const { prefix, role, text } = splitPrefix(line);
    speaker = role ?? (speaker === 'agent' ? 'customer' : 'agent');
    const first = conversations.redact('told', { role: role ?? 'customer', text }).text;
    return prefix + conversations.redact('taking turns', { role: speaker, text: first }).text;
  };
}

function splitPrefix(line: string): { prefix: string; role?: ParticipantRole; text: string } {
  const colon = line.indexOf(':');
  const word = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  const role = PARTICIPANT_ROLES.find((name) => name === word);
  if (role === undefined) return { prefix: '', text: line };
  return { prefix: line.slice(0, colon + 1), role, text: line.slice(colon + 1) };
}
