import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './verb.ts';

/** Node's parser with our error: unknown options and missing values are a `UsageError`. */
export function parseArguments<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  const parsed = parseStrictly(args, options);
  // As an id each of them would name another path of the API, as a file none.
  const unusable = parsed.positionals.find((word) => ['', '.', '..'].includes(word));
  if (unusable !== undefined)
    throw new UsageError(`Cannot use "${unusable}": it is neither an id nor a file`);
  return parsed;
}

function parseStrictly<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({
      args: withDashedValues(args, options),
      options,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    // Node adds what to do about values that begin with a dash, in quotes that do not close or on further lines.
    const told = error instanceof Error ? error.message.split(/\.\s/)[0] : undefined;
    throw new UsageError(told?.replace('is ambiguous', 'missing') ?? 'Cannot parse the command line');
  }
}

const LOOKS_LIKE_OPTION = /^-([a-z]|-[a-z][a-z-]*)?(=|$)/;

/** Digests are base64url, so one in 64 begins with a dash, which Node's parser takes for the next option. */
function withDashedValues(args: readonly string[], options: ParseArgsOptionsConfig): string[] {
  const positionalsAt = args.includes('--') ? args.indexOf('--') : args.length;
  const given: string[] = [];
  for (const arg of args.slice(0, positionalsAt)) {
    const before = given.at(-1);
    const wantsValue = before?.startsWith('--') === true && options[before.slice(2)]?.type === 'string';
    if (wantsValue && arg.startsWith('-') && !LOOKS_LIKE_OPTION.test(arg)) {
      given[given.length - 1] = `${before}=${arg}`;
    } else given.push(arg);
  }
  return [...given, ...args.slice(positionalsAt)];
}

/** Those of every command that asks the API. */
const COMMON_OPTIONS: ReadonlySet<string> = new Set(['json', 'base-url', 'api-id', 'api-secret']);

/** An option that is of another word of the command is wrong use, rather than nothing. */
export function refuseOtherOptions(word: string, values: object, allowed: readonly string[]): void {
  const other = Object.keys(values).find((name) => !COMMON_OPTIONS.has(name) && !allowed.includes(name));
  if (other !== undefined) throw new UsageError(`${word} takes no --${other}`);
}

/** A positive number, or its default. */
export function positiveNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`Cannot use --${name} ${text}: expected a number greater than 0`);
}

/** A whole number in a range, or its default. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  limits: { readonly min: number; readonly max: number; readonly otherwise: number },
): number {
  if (text === undefined) return limits.otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= limits.min && value <= limits.max) return value;
  throw new UsageError(
    `Cannot use --${name} ${text}: expected a whole number from ${limits.min} to ${limits.max}`,
  );
}

/** One of a few words, or its default. */
export function oneOf<T extends string>(
  name: string,
  text: string | undefined,
  words: readonly T[],
  otherwise: T,
): T {
  if (text === undefined) return otherwise;
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`Cannot use --${name} ${text}: expected one of ${words.join(', ')}`);
}

export function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
  return value;
}
