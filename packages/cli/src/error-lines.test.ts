import { EarshotApiError } from '@earshot/client';
import { describe, expect, it } from 'vitest';
import { errorLines } from './error-lines.ts';

const NAME = { pointer: '/name', message: 'is required' };
const BODY = { pointer: '', message: 'must be an object' };
const refused = (
  code: string,
  status: number | undefined,
  problems: { pointer: string; message: string }[],
  message = 'It was refused',
) => new EarshotApiError(message, { code, status, requestId: 'req-1', retryable: false, problems });

describe('errorLines', () => {
  const cases = [
    { given: 'no error', error: 'boom', want: ['failed'] },
    { given: 'an error without a code', error: new Error('Cannot read a'), want: ['Cannot read a'] },
    {
      given: 'fields that were not accepted',
      error: refused('400-03', 400, [{ pointer: '/auth/0/certificate', message: 'must not be expired' }]),
      want: ['It was refused (400-03)', '  /auth/0/certificate must not be expired'],
    },
    {
      given: 'a field that the message tells of, once',
      error: refused('400-03', 400, [NAME], '/name is required'),
      want: ['/name is required (400-03)'],
    },
    {
      given: 'fields that the message tells of, one a line',
      error: refused('400-03', 400, [NAME, BODY], '/name is required; body must be an object'),
      want: ['2 fields are not accepted (400-03)', '  /name is required', '  body must be an object'],
    },
    {
      given: 'a key without the scope',
      error: refused('403-01', 403, []),
      want: ['It was refused (403-01)', '  Use a key with the scope that --help names: earshot keys create'],
    },
    {
      given: 'a failure of the server',
      error: refused('500-01', 500, []),
      want: ['It was refused (500-01)', '  Look for request req-1 in the log'],
    },
  ];
  it('prefers what a command knows better', () => {
    expect(errorLines(refused('404-01', 404, []), { '404-01': 'Look at the list' })).toEqual([
      'It was refused (404-01)',
      '  Look at the list',
    ]);
  });

  it.each(cases)('tells of $given', ({ error, want }) => {
    expect(errorLines(error)).toEqual(want);
  });
});
