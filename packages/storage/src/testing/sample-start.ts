import { randomUUID } from 'node:crypto';
import type { StartSessionInput } from '../stores/calls.ts';
import { SAMPLE_SETTINGS } from './sample-settings.ts';

/** The start of a call that nobody else has started, accepted now. */
export function sampleStart(
  given: Pick<StartSessionInput, 'tenantId' | 'appId'> & Partial<StartSessionInput>,
): StartSessionInput {
  return {
    guid: randomUUID(),
    customerExternalId: 'customer-1',
    agentExternalId: 'agent-1',
    settings: SAMPLE_SETTINGS,
    media: {
      streamArn: 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/a/1',
      selector: { type: 'NOW' },
    },
    acceptedAtMs: Date.now(),
    ...given,
  };
}
