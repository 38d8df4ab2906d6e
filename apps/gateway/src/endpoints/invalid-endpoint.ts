import type { Problem } from '@earshot/api';

/** What is asked of an endpoint is not accepted; every problem at once. */
export interface InvalidEndpoint {
  readonly type: 'invalid';
  readonly problems: readonly Problem[];
}
