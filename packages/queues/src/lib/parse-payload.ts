import { queueError } from './queue-error.ts';

/** Reads the named non-empty strings of a job's data; throws `queues.payload-invalid` when one is missing. */
export function parsePayload<Name extends string>(
  data: unknown,
  names: readonly Name[],
): Record<Name, string> {
  const payload: Partial<Record<Name, string>> = {};
  const fields = new Map<string, unknown>(
    typeof data === 'object' && data !== null ? Object.entries(data) : [],
  );
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value !== 'string' || value === '')
      throw queueError('queues.payload-invalid', `Cannot read job payload: field ${name} is not a string`);
    payload[name] = value;
  }
  return complete(payload);
}

/** The caller has set every name. */
function complete<Name extends string>(payload: Partial<Record<Name, string>>): Record<Name, string> {
  return payload as Record<Name, string>;
}
