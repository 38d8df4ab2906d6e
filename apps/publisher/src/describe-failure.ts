/**
 * Says in a sentence why a message did not reach its endpoint, from what is recorded of it. A code that is not
 * ours to explain is shown as it is.
 */
export function describeFailure(errorCode: string, status: number | undefined): string {
  const reason = REASONS[errorCode];
  if (reason === undefined) return `Cannot deliver message: ${errorCode}`;
  return `Cannot deliver message: ${reason}${status === undefined ? '' : ` (status ${status})`}`;
}

const REASONS: Readonly<Record<string, string>> = {
  'webhook.status': 'the target did not answer 2xx',
  'webhook.redirect': 'the target answered with a redirect, which is not followed',
  'webhook.timeout': 'the target did not answer in time',
  'webhook.connection': 'the connection to the target failed',
  'webhook.tls': 'no TLS connection to the target could be made',
  'webhook.egress-refused': 'the address of the target is not one that may be called',
  'webhook.secret-missing': 'the endpoint has no secret to authenticate with',
  'vault.malformed': 'its sealed body cannot be read',
  'vault.unknown-key': 'the data key of its sealed body is unknown',
  'vault.not-authentic': 'its sealed body belongs to another master key, or was changed',
  'webhook.endpoint-gone': 'the endpoint was deleted',
  'webhook.endpoint-disabled': 'the endpoint was disabled',
  'webhook.too-old': 'the message waited longer than pendingAgeMaxMs',
  'deliveries.dropped': 'too many or too old messages were waiting, the oldest were dropped',
};
