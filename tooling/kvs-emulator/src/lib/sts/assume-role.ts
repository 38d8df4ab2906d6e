import { randomBytes } from 'node:crypto';
import type { Clock } from '@earshot/domain';

/** A role that may be assumed. */
export interface StsRole {
  readonly roleArn: string;
  /** The trust policy's condition; left out, any external id or none will do. */
  readonly externalId?: string;
  /** Longest session a caller may ask for. Default 3600 s. */
  readonly durationSecondsMax?: number;
  /** Sessions last this long whatever was asked for: for tests that do not wait a quarter of an hour. */
  readonly lifetimeMs?: number;
}

export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly durationSeconds: number;
}

export interface StsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

export type AssumeRoleAnswer =
  | { readonly type: 'granted'; readonly credentials: StsCredentials }
  | { readonly type: 'denied'; readonly message: string }
  | { readonly type: 'invalid'; readonly message: string };

const DURATION_SECONDS_MIN = 900;
const DURATION_SECONDS_MAX = 3600;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/** What STS answers; the same refusal for a role that is not there as for a wrong external id, as in the real service. */
export function assumeRole(
  request: AssumeRoleRequest,
  roles: readonly StsRole[],
  clock: Clock,
): AssumeRoleAnswer {
  const { roleArn, sessionName, externalId, durationSeconds } = request;
  if (!SESSION_NAME.test(sessionName))
    return invalid(`RoleSessionName ${sessionName} is not 2 to 64 of \\w+=,.@-`);
  const role = roles.find((candidate) => candidate.roleArn === roleArn);
  const isTrusted = role !== undefined && (role.externalId ?? externalId) === externalId;
  if (!isTrusted) {
    const message = `User: local is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    return { type: 'denied', message };
  }
  const { durationSecondsMax = DURATION_SECONDS_MAX, lifetimeMs = durationSeconds * 1000 } = role;
  if (!(durationSeconds >= DURATION_SECONDS_MIN && durationSeconds <= durationSecondsMax)) {
    return invalid(
      `DurationSeconds ${durationSeconds} is not between ${DURATION_SECONDS_MIN} and ${durationSecondsMax}`,
    );
  }
  const credentials = {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(20).toString('hex'),
    sessionToken: randomBytes(48).toString('base64url'),
    expiresAtMs: clock.now() + lifetimeMs,
  };
  return { type: 'granted', credentials };
}

function invalid(message: string): AssumeRoleAnswer {
  return { type: 'invalid', message };
}
