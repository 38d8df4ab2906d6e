import { ERROR_CODES, type ErrorCode } from '@earshot/api';

/** How a part of the paths answers errors. */
export interface ErrorStyle {
  /** Start of the path, `/` for all. The longest that fits counts. */
  readonly prefix: string;
  /** `compatible`: `{"error":{requestId,message,code}}`; `problem`: RFC 9457. */
  readonly shape: 'compatible' | 'problem';
  /** The code of an unexpected error. */
  readonly internalCode: ErrorCode;
}

/** The contract's own division (contract decisions 2 and 3). */
export const ERROR_STYLES: readonly ErrorStyle[] = [
  { prefix: '/', shape: 'compatible', internalCode: ERROR_CODES.internal },
  { prefix: '/mg-autotranscribe/', shape: 'compatible', internalCode: ERROR_CODES.gatewayInternal },
  { prefix: '/earshot/', shape: 'problem', internalCode: ERROR_CODES.internal },
];

const FALLBACK: ErrorStyle = { prefix: '/', shape: 'compatible', internalCode: ERROR_CODES.internal };

export function errorStyleOf(path: string, styles: readonly ErrorStyle[]): ErrorStyle {
  let best = FALLBACK;
  for (const style of styles) {
    if (path.startsWith(style.prefix) && style.prefix.length >= best.prefix.length) best = style;
  }
  return best;
}
