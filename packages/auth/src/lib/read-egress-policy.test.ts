import { describe, expect, it } from 'vitest';
import { readEgressPolicy } from './read-egress-policy.ts';

function read(allow: readonly string[]) {
  const rejected: string[] = [];
  const policy = readEgressPolicy({ list: () => allow, reject: (name) => rejected.push(name) });
  return { policy, rejected };
}

describe('readEgressPolicy', () => {
  it('takes networks that are no networks for a problem of the variable', () => {
    expect(read(['127.0.0.0/8', 'fd00::/8']).rejected).toEqual([]);
    const { policy, rejected } = read(['127/8']);
    expect(rejected).toEqual(['EARSHOT_EGRESS_ALLOW']);
    expect(policy).toEqual(read([]).policy);
  });
});
