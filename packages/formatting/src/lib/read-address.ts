import { words } from './number-words.ts';
import { readCardinal } from './read-cardinal.ts';
import { readDigitElement } from './digit-element.ts';
import { readingOf, type Reading } from './reading.ts';
import { following, wordBefore, type Token } from './tokenize.ts';

interface Part {
  readonly last: number;
  readonly text: string;
}

const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['dot', '.'],
  ['underscore', '_'],
  ['dash', '-'],
  ['hyphen', '-'],
]);
const TOP_DOMAINS = words('com net org edu gov io co uk us ca info biz me tv ai dev');
/** A site without "www" in front is certain under these only. */
const SITE_DOMAINS = words('com net org edu gov');
const BEFORE_NAME = words("is it's its email e-mail mail address be to as was that's from use under with");
const NO_NAMES = words(
  'look looking see find found visit shop us me them him her you we they online available is it here there order ' +
    'ordered sign signed buy bought check site website go store account click log logged work works that this at ' +
    'in on be are was dot not and or the a an of to for email mail address page up out back',
);
const LETTERS_MAX = 24;
const PARTS_MAX = 6;
const DIGITS_MAX = 8;

/** "john dot smith at example dot com", "www dot example dot com". */
export function readAddress(tokens: readonly Token[], at: number): Reading | undefined {
  const kind = tokens[at]?.kind;
  if (kind !== 'word' && kind !== 'other') return undefined;
  return readMail(tokens, at) ?? readSite(tokens, at);
}

function readMail(tokens: readonly Token[], at: number): Reading | undefined {
  const local = readLocal(tokens, at);
  if (local === undefined) return undefined;
  const atAt = following(tokens, local.last);
  if (tokens[atAt]?.text !== 'at') return undefined;
  const domain = readDomain(tokens, following(tokens, atAt));
  if (domain === undefined) return undefined;
  const isPlain = local.last === at && /^\p{L}+$/u.test(local.text);
  if (isPlain && !isName(tokens, at)) return undefined;
  return readingOf(tokens, at, domain.last, `${local.text}@${domain.text}`);
}

/** Whether a word alone before "at" names a mailbox. */
function isName(tokens: readonly Token[], at: number): boolean {
  if (NO_NAMES.has(tokens[at]?.text ?? '')) return false;
  const before = wordBefore(tokens, at);
  return before === '' || BEFORE_NAME.has(before);
}

function readLocal(tokens: readonly Token[], at: number): Part | undefined {
  let part = readLocalPart(tokens, at);
  if (part === undefined) return undefined;
  let text = part.text;
  for (let count = 1; count < PARTS_MAX; count += 1) {
    const next = following(tokens, part.last);
    const separator = SEPARATORS.get(tokens[next]?.text ?? '');
    if (separator === undefined) break;
    const more = readLocalPart(tokens, following(tokens, next));
    if (more === undefined) return undefined;
    part = more;
    text += separator + part.text;
  }
  return { last: part.last, text };
}

function readLocalPart(tokens: readonly Token[], at: number): Part | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'other') {
    return /^[a-z0-9]+(?:[._+-][a-z0-9]+)*$/.test(token.text) ? { last: at, text: token.text } : undefined;
  }
  const name =
    readLetters(tokens, at) ?? (/^[a-z]+$/.test(token.text) ? { last: at, text: token.text } : undefined);
  if (name === undefined) return undefined;
  let { last, text } = name;
  for (let count = 0; count < DIGITS_MAX; count += 1) {
    const number = readNumber(tokens, following(tokens, last));
    if (number === undefined) break;
    last = number.last;
    text += number.text;
  }
  return { last, text };
}

function readNumber(tokens: readonly Token[], at: number): Part | undefined {
  const element = readDigitElement(tokens, at, false);
  if (element?.kind === 'digit') return { last: element.last, text: element.digits };
  const cardinal = readCardinal(tokens, at);
  return cardinal && cardinal.value < 10_000 && Number.isInteger(cardinal.value)
    ? { last: cardinal.last, text: String(cardinal.value) }
    : undefined;
}

/** "j o h n" */
function readLetters(tokens: readonly Token[], at: number): Part | undefined {
  let text = '';
  let last = -1;
  for (let next = at; text.length < LETTERS_MAX; next = following(tokens, next)) {
    const letter = tokens[next]?.text ?? '';
    if (!/^[a-z]$/.test(letter)) break;
    text += letter;
    last = next;
  }
  return text.length >= 2 ? { last, text } : undefined;
}

function readDomain(tokens: readonly Token[], at: number): Part | undefined {
  const token = tokens[at];
  if (token?.kind === 'other') return readWrittenDomain(token, at);
  let label = readLabel(tokens, at);
  let text = label?.text ?? '';
  let found: Part | undefined;
  for (let count = 1; label !== undefined && count < PARTS_MAX; count += 1) {
    const dotAt = following(tokens, label.last);
    if (tokens[dotAt]?.text !== 'dot') break;
    label = readLabel(tokens, following(tokens, dotAt));
    if (label === undefined) break;
    text += `.${label.text}`;
    if (TOP_DOMAINS.has(label.text)) found = { last: label.last, text };
  }
  return found;
}

function readWrittenDomain(token: Token, at: number): Part | undefined {
  const isDomain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(token.text);
  const top = token.text.slice(token.text.lastIndexOf('.') + 1);
  return isDomain && TOP_DOMAINS.has(top) ? { last: at, text: token.text } : undefined;
}

function readLabel(tokens: readonly Token[], at: number): Part | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const isLabel = token.kind === 'word' ? /^[a-z]+$/.test(token.text) : /^[0-9]+$/.test(token.text);
  return readLetters(tokens, at) ?? (isLabel ? { last: at, text: token.text } : undefined);
}

function readSite(tokens: readonly Token[], at: number): Reading | undefined {
  if (tokens[at]?.kind !== 'word' || NO_NAMES.has(tokens[at]?.text ?? '')) return undefined;
  const domain = readDomain(tokens, at);
  if (domain === undefined) return undefined;
  const top = domain.text.slice(domain.text.lastIndexOf('.') + 1);
  const isCertain = SITE_DOMAINS.has(top) || domain.text.startsWith('www.');
  return isCertain ? readingOf(tokens, at, domain.last, domain.text) : undefined;
}
