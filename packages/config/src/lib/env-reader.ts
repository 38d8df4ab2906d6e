export interface StringOptions {
  /** Used when the variable is unset or empty; without it the variable is required. */
  readonly default?: string;
}

export interface IntegerOptions {
  /** Used when the variable is unset or empty; without it the variable is required. */
  readonly default?: number;
  /** Inclusive. */
  readonly min?: number;
  /** Inclusive. */
  readonly max?: number;
}

export interface UrlOptions {
  /** Used when the variable is unset or empty; without it the variable is required. */
  readonly default?: string;
  /** Accepted schemes without the colon, for example `['postgres', 'postgresql']`; any when absent. */
  readonly protocols?: readonly string[];
}

/**
 * Reads one variable each. A method that meets a problem notes it and gives back a stand-in of the right type,
 * so that the shape function runs to its end and every problem is reported together.
 * An empty or blank variable counts as unset. Values are trimmed.
 */
export interface EnvReader {
  string(name: string, options?: StringOptions): string;
  optionalString(name: string): string | undefined;
  /** Say the unit in the name: `EARSHOT_DRAIN_MS`, `EARSHOT_BODY_BYTES`. */
  integer(name: string, options?: IntegerOptions): number;
  /** `true`, `1`, `yes`, `on` or `false`, `0`, `no`, `off`, without case. */
  boolean(name: string, options?: { readonly default?: boolean }): boolean;
  url(name: string, options?: UrlOptions): URL;
  optionalUrl(name: string, options?: Pick<UrlOptions, 'protocols'>): URL | undefined;
  oneOf<T extends string>(name: string, values: readonly [T, ...T[]], defaultValue?: T): T;
  /** Comma-separated, blanks dropped; `[]` when unset and without a default. */
  list(name: string, options?: { readonly default?: readonly string[] }): readonly string[];
  /** Notes a problem between variables, for example when exactly one of two may be set. */
  reject(name: string, accepted: string): void;
}

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', '1', 'yes', 'on']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', '0', 'no', 'off']);
const SHOWN_CHARS_MAX = 24;
const STAND_IN_URL = 'http://invalid.invalid/';

type Note = (problem: string) => void;

export function createEnvReader(env: Readonly<Record<string, string | undefined>>, note: Note): EnvReader {
  const read = (name: string): string | undefined => env[name]?.trim() || undefined;
  const missing = (name: string, accepted: string): void => note(`${name} is not set, expected ${accepted}`);

  return {
    string(name, options = {}) {
      const value = read(name) ?? options.default;
      if (value === undefined) missing(name, 'a string');
      return value ?? '';
    },
    optionalString: read,
    integer(name, options = {}) {
      const text = read(name);
      if (text !== undefined) return parseInteger(name, text, options, note);
      if (options.default === undefined) missing(name, describeInteger(options));
      return options.default ?? options.min ?? 0;
    },
    boolean(name, options = {}) {
      const text = read(name);
      if (text !== undefined) return parseBoolean(name, text, note);
      if (options.default === undefined) missing(name, 'true or false');
      return options.default ?? false;
    },
    url(name, options = {}) {
      const text = read(name) ?? options.default;
      if (text !== undefined) return parseUrl(name, text, options.protocols, note);
      missing(name, describeUrl(options.protocols));
      return new URL(STAND_IN_URL);
    },
    optionalUrl(name, options = {}) {
      const text = read(name);
      return text === undefined ? undefined : parseUrl(name, text, options.protocols, note);
    },
    oneOf(name, values, defaultValue) {
      const text = read(name);
      const found = values.find((value) => value === text);
      if (found !== undefined) return found;
      const accepted = `one of ${values.join(', ')}`;
      if (text !== undefined) note(`${name} is ${show(text)}, expected ${accepted}`);
      else if (defaultValue === undefined) missing(name, accepted);
      return defaultValue ?? values[0];
    },
    list: (name, options = {}) =>
      read(name) === undefined ? (options.default ?? []) : splitList(read(name)),
    reject: (name, accepted) => note(`${name}: expected ${accepted}`),
  };
}

function parseInteger(name: string, text: string, options: IntegerOptions, note: Note): number {
  const value = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  if (value >= min && value <= max) return value;
  note(`${name} is ${show(text)}, expected ${describeInteger(options)}`);
  return options.default ?? options.min ?? 0;
}

function parseBoolean(name: string, text: string, note: Note): boolean {
  const word = text.toLowerCase();
  if (TRUE_WORDS.has(word)) return true;
  if (!FALSE_WORDS.has(word)) note(`${name} is ${show(text)}, expected true or false`);
  return false;
}

function parseUrl(name: string, text: string, protocols: UrlOptions['protocols'], note: Note): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (protocols === undefined || protocols.includes(url.protocol.slice(0, -1))))
    return url;
  // A URL may carry a password, so what was given is not shown.
  note(`${name} is not ${describeUrl(protocols)}`);
  return new URL(STAND_IN_URL);
}

function splitList(text = ''): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function describeInteger({ min, max }: IntegerOptions): string {
  if (min !== undefined && max !== undefined) return `an integer from ${min} to ${max}`;
  if (min !== undefined) return `an integer of at least ${min}`;
  return max === undefined ? 'an integer' : `an integer of at most ${max}`;
}

function describeUrl(protocols: readonly string[] | undefined): string {
  return protocols === undefined
    ? 'an absolute URL'
    : `an absolute URL with scheme ${protocols.join(' or ')}`;
}

function show(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}...` : text);
}
