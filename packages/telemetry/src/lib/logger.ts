import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { describeError } from './describe-error.ts';
import { isPersonal } from './personal.ts';

const NESTING_MAX = 4;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Values are JSON; personal data goes through `personal`, errors are described without their causes' bodies. */
export type LogFields = Readonly<Record<string, unknown>>;

/** `event` is a short code-like name (`call.started`), the same for every line of its kind: details are fields. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  /** Which app writes, a field of every line. */
  readonly app: string;
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Receives each line with its line end; default: standard error, so that standard output stays for protocols. */
  readonly write?: (line: string) => void;
  /** Shows what `personal` wraps and the text of foreign errors. For a developer's own machine. Default false. */
  readonly revealPersonal?: boolean;
}

/** A logger of JSON lines: `{"level","time","app","event",...fields}`, time in ISO 8601. */
export function createLogger(options: LoggerOptions): Logger {
  const { write, level = 'info', revealPersonal = false } = options;
  const destination: DestinationStream =
    write === undefined ? pino.destination({ fd: 2, sync: true }) : { write };
  const logger = pino(
    {
      level,
      base: { app: options.app },
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return wrap(logger, (fields) => cleanFields(fields, revealPersonal));
}

function wrap(logger: PinoLogger, clean: (fields: LogFields) => LogFields): Logger {
  return {
    debug: (event, fields = {}) => logger.debug(clean(fields), event),
    info: (event, fields = {}) => logger.info(clean(fields), event),
    warn: (event, fields = {}) => logger.warn(clean(fields), event),
    error: (event, fields = {}) => logger.error(clean(fields), event),
    child: (fields) => wrap(logger.child(clean(fields)), clean),
  };
}

function cleanFields(fields: LogFields, revealPersonal: boolean): LogFields {
  const cleaned: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) cleaned[name] = cleanValue(value, revealPersonal);
  return cleaned;
}

/** Nested objects are reached too: an error or a marked value three levels down must not slip through. */
function cleanValue(value: unknown, revealPersonal: boolean, depth = 0): unknown {
  if (isPersonal(value)) return revealPersonal ? value.reveal() : value.toJSON();
  if (value instanceof Error) return describeError(value, revealPersonal);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof URL) return `${value.origin}${value.pathname}`;
  if (depth >= NESTING_MAX) return '[nested]';
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, revealPersonal, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cleanValue(item, revealPersonal, depth + 1)]),
  );
}
