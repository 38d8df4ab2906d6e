import { isCodedError } from '@earshot/domain';
import { createEgressPolicy, type EgressPolicy } from './egress-policy.ts';

/** What is asked of a reader of the environment. */
export interface EgressReader {
  list(name: string): readonly string[];
  reject(name: string, accepted: string): void;
}

/** `EARSHOT_EGRESS_ALLOW` (nothing): networks that webhooks may reach beside public ones. */
export function readEgressPolicy(read: EgressReader): EgressPolicy {
  try {
    return createEgressPolicy({ allowCidrs: read.list('EARSHOT_EGRESS_ALLOW') });
  } catch (error) {
    if (!isCodedError(error)) throw error;
    read.reject('EARSHOT_EGRESS_ALLOW', 'networks in CIDR form such as 10.0.0.0/8, separated by commas');
    return createEgressPolicy();
  }
}
