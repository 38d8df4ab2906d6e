import { describe, expect, it } from 'vitest';
import { parseCredentials } from './credentials.ts';

const ASAPP = { 'asapp-api-id': 'a', 'asapp-api-secret': 'as' };
const EARSHOT = { 'earshot-api-id': 'e', 'earshot-api-secret': 'es' };

describe('parseCredentials', () => {
  const table: { given: Record<string, string>; want: { apiId: string; apiSecret: string } | undefined }[] = [
    { given: ASAPP, want: { apiId: 'a', apiSecret: 'as' } },
    { given: EARSHOT, want: { apiId: 'e', apiSecret: 'es' } },
    { given: { authorization: 'Bearer id.secret' }, want: { apiId: 'id', apiSecret: 'secret' } },
    { given: { authorization: 'bearer  id.se.cret ' }, want: { apiId: 'id', apiSecret: 'se.cret' } },
    { given: { ...EARSHOT, ...ASAPP, authorization: 'Bearer x.y' }, want: { apiId: 'a', apiSecret: 'as' } },
    { given: { ...EARSHOT, 'asapp-api-id': 'a' }, want: { apiId: 'e', apiSecret: 'es' } },
    { given: { 'asapp-api-id': ' a ', 'asapp-api-secret': ' s ' }, want: { apiId: 'a', apiSecret: 's' } },
    { given: {}, want: undefined },
    { given: { 'asapp-api-id': 'a' }, want: undefined },
    { given: { 'asapp-api-secret': 's' }, want: undefined },
    { given: { 'asapp-api-id': 'a', 'asapp-api-secret': ' ' }, want: undefined },
    { given: { 'asapp-api-id': 'a', 'earshot-api-secret': 's' }, want: undefined },
    { given: { authorization: 'Basic aWQ6c2VjcmV0' }, want: undefined },
    { given: { authorization: 'Bearer' }, want: undefined },
    { given: { authorization: 'Bearer nodot' }, want: undefined },
    { given: { authorization: 'Bearer .secret' }, want: undefined },
    { given: { authorization: 'Bearer id.' }, want: undefined },
    { given: { authorization: 'Bearer a.b c' }, want: undefined },
    { given: { 'asapp-api-id': 'a'.repeat(129), 'asapp-api-secret': 's' }, want: undefined },
    { given: { 'asapp-api-id': 'a', 'asapp-api-secret': 's'.repeat(513) }, want: undefined },
  ];
  it.each(table)('reads $given as $want', ({ given, want }) => {
    expect(parseCredentials(new Headers(given))).toEqual(want);
  });
});
