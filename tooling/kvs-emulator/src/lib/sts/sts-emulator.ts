import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { systemClock, type Clock } from '@earshot/domain';
import { listen } from '../listen.ts';
import { assumeRole, type AssumeRoleAnswer, type AssumeRoleRequest, type StsRole } from './assume-role.ts';
import { stsAnswer, stsError, type StsHttpAnswer } from './sts-answer.ts';

export interface StsEmulatorOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly roles: readonly StsRole[];
  readonly clock?: Clock;
}

/** One AssumeRole as it was asked and answered. */
export interface StsRequest extends AssumeRoleRequest {
  readonly atMs: number;
  readonly outcome: AssumeRoleAnswer['type'];
  /** Of the credentials granted. */
  readonly accessKeyId?: string;
  readonly expiresAtMs?: number;
}

export interface StsEmulator {
  /** `http://host:port`, for `endpoint` of an STS client. */
  readonly url: string;
  readonly port: number;
  /** Oldest first, at most the last 10000. */
  requests(): readonly StsRequest[];
  /** For `requireCredentials` of the KVS emulator: `denied` for what was not granted here. */
  verdict(accessKeyId: string, sessionToken: string): 'ok' | 'expired' | 'denied';
  close(): Promise<void>;
}

const REQUESTS_MAX = 10_000;
const FORM_BYTES_MAX = 64 * 1024;
const DURATION_SECONDS_DEFAULT = 3600;

/** Starts a local Security Token Service that grants AssumeRole alone. Signatures are not computed. Rejects when the port is taken. */
export async function startStsEmulator(options: StsEmulatorOptions): Promise<StsEmulator> {
  const { host = '127.0.0.1', roles, clock = systemClock } = options;
  const granted = new Map<string, { readonly sessionToken: string; readonly expiresAtMs: number }>();
  const requests: StsRequest[] = [];
  const answer = (form: URLSearchParams): StsHttpAnswer => {
    const requestId = randomUUID();
    const action = form.get('Action') ?? '';
    if (action !== 'AssumeRole')
      return stsError(400, 'InvalidAction', `Could not find operation ${action}`, requestId);
    const request = assumeRoleRequest(form);
    const outcome = assumeRole(request, roles, clock);
    const held = outcome.type === 'granted' ? outcome.credentials : undefined;
    if (held !== undefined) granted.set(held.accessKeyId, held);
    const told = held === undefined ? {} : { accessKeyId: held.accessKeyId, expiresAtMs: held.expiresAtMs };
    requests.push({ atMs: clock.now(), outcome: outcome.type, ...request, ...told });
    if (requests.length > REQUESTS_MAX) requests.shift();
    return stsAnswer(outcome, request, requestId);
  };
  const server = createServer((request, response) => {
    void readForm(request).then(
      (form) => {
        const { status, body } = answer(form);
        response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
      },
      () => response.destroy(),
    );
  });
  const port = await listen(server, options.port ?? 0, host);
  return {
    url: `http://${host}:${port}`,
    port,
    requests: () => [...requests],
    verdict(accessKeyId, sessionToken) {
      const held = granted.get(accessKeyId);
      if (held?.sessionToken !== sessionToken) return 'denied';
      return clock.now() < held.expiresAtMs ? 'ok' : 'expired';
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function assumeRoleRequest(form: URLSearchParams): AssumeRoleRequest {
  return {
    roleArn: form.get('RoleArn') ?? '',
    sessionName: form.get('RoleSessionName') ?? '',
    externalId: form.get('ExternalId') ?? undefined,
    durationSeconds: Number(form.get('DurationSeconds') ?? DURATION_SECONDS_DEFAULT),
  };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part: Uint8Array = chunk;
    bytes += part.length;
    if (bytes > FORM_BYTES_MAX) throw new Error(`Cannot read form: it exceeds ${FORM_BYTES_MAX} bytes`);
    chunks.push(part);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
