import type { Cue } from './cue.ts';
import type { Token } from './tokenize.ts';

const SENT: ReadonlySet<string> = new Set(
  'texted sent sms authenticator text messaged emailed received got pops popped appears generated'.split(' '),
);
/** Where a code that is not called one was sent to: "I've sent something to your phone, could you read it". */
const DEVICES: ReadonlySet<string> = new Set('phone mobile cell cellphone device handset'.split(' '));
const CODES: ReadonlySet<string> = new Set('code codes passcode digits numbers'.split(' '));
const NEAR_TOKENS_MAX = 8;
/** Things that are sent and have a code of their own. */
const PARCELS: ReadonlySet<string> = new Set(
  'order package tracking promo coupon discount refund label replacement zip area error gift product voucher'.split(
    ' ',
  ),
);

/**
 * "We just texted a six digit confirmation code to your phone": a code that was sent proves who one is, whatever it
 * is called. Adds such codes to `cues`, or gives the cue that holds the word this meaning.
 */
export function findSentCodes(tokens: readonly Token[], cues: readonly Cue[]): Cue[] {
  const codes: number[] = [];
  let [sentAt, codeAt] = [-Infinity, -Infinity];
  for (const [at, { text }] of tokens.entries()) {
    if (PARCELS.has(text)) [sentAt, codeAt] = [-Infinity, -Infinity];
    if (DEVICES.has(text) && at - sentAt <= NEAR_TOKENS_MAX) codes.push(at);
    else if (CODES.has(text)) {
      codeAt = at;
      if (at - sentAt <= NEAR_TOKENS_MAX) codes.push(at);
    } else if (SENT.has(text)) {
      sentAt = at;
      if (at - codeAt <= NEAR_TOKENS_MAX) codes.push(codeAt);
    }
  }
  return codes.length === 0 ? [...cues] : addCodes(cues, codes);
}

function addCodes(cues: readonly Cue[], codes: readonly number[]): Cue[] {
  const isCode = (cue: Cue): boolean => codes.some((at) => at >= cue.first && at <= cue.last);
  const renamed = cues.map((cue): Cue =>
    (cue.label === 'other' || cue.label === 'PHONE_NUMBER') && isCode(cue) ? { ...cue, label: 'PIN' } : cue,
  );
  const free = [...new Set(codes)].filter((at) => cues.every(({ first, last }) => at < first || at > last));
  const added = free.map((at): Cue => ({ label: 'PIN', weak: false, first: at, last: at }));
  return [...renamed, ...added].toSorted((a, b) => a.first - b.first);
}
