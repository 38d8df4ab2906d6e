import { EarshotApiError } from '@earshot/client';
import { isCodedError } from '@earshot/domain';
import type { Verb } from './verb.ts';

/** What can be done about an error of the API that says nothing of it itself. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['client.unreachable', 'Run npm start, or name another system with --base-url'],
  ['client.timeout', 'Look at the log of the gateway, or try again'],
  ['client.bad-answer', 'Check --base-url: Earshot does not answer there'],
  ['401-01', 'Check --api-id and --api-secret'],
  ['403-01', 'Use a key with the scope that --help names: earshot keys create'],
  [
    '404-01',
    'Check the id, and that the key is one of its team; what was erased or is too old is not there either',
  ],
  ['405-01', 'Use a command of the version that the system has'],
  ['429-01', 'Wait, or raise RATE_LIMIT_PER_SECOND'],
]);

/** What went wrong, each field that was not accepted, and what to do about it. */
export function errorLines(error: unknown, remedies: Verb['remedies'] = {}): readonly string[] {
  if (!(error instanceof Error)) return ['failed'];
  if (!(error instanceof EarshotApiError)) return [coded(error.message, error)];
  const { status = 0, code, requestId } = error;
  const remedy = remedies[code] ?? REMEDIES.get(code);
  const isLogged = status >= 500 && requestId !== undefined;
  return [
    ...refusalLines(error),
    ...(remedy === undefined ? [] : [`  ${remedy}`]),
    ...(isLogged ? [`  Look for request ${requestId} in the log`] : []),
  ];
}

/** The message of Earshot tells each field already, in one line. */
function refusalLines(error: EarshotApiError): readonly string[] {
  const fields = error.problems.map(({ pointer, message }) => `${pointer || 'body'} ${message}`);
  const isTold = error.message === fields.join('; ');
  if (isTold && fields.length === 1) return [coded(error.message, error)];
  const message = isTold ? `${fields.length} fields are not accepted` : error.message;
  return [coded(message, error), ...fields.map((field) => `  ${field}`)];
}

function coded(message: string, error: Error): string {
  if (error instanceof EarshotApiError || isCodedError(error)) return `${message} (${error.code})`;
  return message;
}
