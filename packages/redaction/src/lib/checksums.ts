/** ISO/IEC 7812-1, annex B. */
function isLuhnValid(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whether an issuer writes cards that begin and are as long as this. */
function looksIssued(digits: string): boolean {
  return ISSUED.some(({ lengths, prefix }) => lengths.includes(digits.length) && prefix.test(digits));
}

const ISSUED: readonly { readonly lengths: readonly number[]; readonly prefix: RegExp }[] = [
  { lengths: [13, 16, 19], prefix: /^4/ },
  { lengths: [14], prefix: /^3(?:0|6|8|9)/ },
  { lengths: [15], prefix: /^3[47]/ },
  { lengths: [16], prefix: /^(?:2[2-7]|35|5|6)/ },
  { lengths: [17, 18, 19], prefix: /^(?:5[06-8]|6)/ },
];

const CARD_DIGITS_MIN = 13;
const CARD_DIGITS_MAX = 19;

/**
 * Whether a number is that of a card in any of its readings, or begins or ends with one ("... expires 12 25").
 *
 * @param issuers `known` wants a prefix that some issuer uses
 */
export function holdsCardNumber(readings: readonly string[], issuers: 'known' | 'any'): boolean {
  const isCard = (digits: string): boolean =>
    digits.length >= CARD_DIGITS_MIN &&
    digits.length <= CARD_DIGITS_MAX &&
    (issuers === 'any' ? /[1-9]/.test(digits) : looksIssued(digits)) &&
    isLuhnValid(digits);
  const isIssuedCard = (digits: string): boolean => looksIssued(digits) && isLuhnValid(digits);
  return readings.some(
    (digits) =>
      isCard(digits) ||
      [14, 15, 16].some(
        (length) =>
          digits.length > length &&
          (isIssuedCard(digits.slice(0, length)) || isIssuedCard(digits.slice(-length))),
      ),
  );
}

/** Area, group and serial that may be issued (SSA POMS RM 10201.035). */
export function isPossibleSsn(digits: string): boolean {
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
}

/** A number of the North American plan: area code and exchange begin with 2 to 9, no N11 exchange. */
export function isPossiblePhone(digits: string): boolean {
  return /^1?[2-9](?!11)\d{2}[2-9](?!11)\d{6}$/.test(digits);
}
