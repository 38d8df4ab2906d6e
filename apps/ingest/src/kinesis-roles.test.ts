import { describe, expect, it } from 'vitest';
import { createKinesisRoles } from './kinesis-roles.ts';

const ARN = 'arn:aws:kinesisvideo:us-east-1:123456789012:stream/x/1';

describe('createKinesisRoles', () => {
  it('answers the role registered for the account of the stream until the last call is over', async () => {
    const asked: string[] = [];
    const roles = createKinesisRoles({
      async find(tenantId, accountId) {
        asked.push(`${tenantId} ${accountId}`);
        return { tenantId, accountId, roleArn: 'arn:aws:iam::123456789012:role/r', externalId: 'e' };
      },
    });
    await roles.learn('t', ARN);
    await roles.learn('t', ARN);
    expect(asked).toEqual(['t 123456789012', 't 123456789012']);
    roles.forget(ARN);
    expect(roles.of(ARN)).toEqual({ roleArn: 'arn:aws:iam::123456789012:role/r', externalId: 'e' });
    roles.forget(ARN);
    expect(roles.of(ARN)).toBeUndefined();
  });

  it('uses the own credentials where no role is registered', async () => {
    const roles = createKinesisRoles({
      find: async (tenantId) => ({ tenantId, accountId: '*', roleArn: undefined, externalId: undefined }),
    });
    await roles.learn('t', ARN);
    expect(roles.of(ARN)).toBeUndefined();
  });
});
