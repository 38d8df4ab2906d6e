import type { AssumeRoleAnswer, AssumeRoleRequest, StsCredentials } from './assume-role.ts';

export interface StsHttpAnswer {
  readonly status: number;
  /** XML of the query protocol. */
  readonly body: string;
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

export function stsAnswer(
  answer: AssumeRoleAnswer,
  request: AssumeRoleRequest,
  requestId: string,
): StsHttpAnswer {
  switch (answer.type) {
    case 'granted':
      return { status: 200, body: granted(answer.credentials, request, requestId) };
    case 'denied':
      return stsError(403, 'AccessDenied', answer.message, requestId);
    case 'invalid':
      return stsError(400, 'ValidationError', answer.message, requestId);
  }
}

export function stsError(status: number, code: string, message: string, requestId: string): StsHttpAnswer {
  const error = element('Type', 'Sender') + element('Code', code) + element('Message', message);
  const body = `<ErrorResponse xmlns="${NAMESPACE}"><Error>${error}</Error>${element('RequestId', requestId)}</ErrorResponse>`;
  return { status, body };
}

function granted(credentials: StsCredentials, request: AssumeRoleRequest, requestId: string): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = credentials;
  const { roleArn, sessionName } = request;
  const user =
    element('AssumedRoleId', `AROALOCAL:${sessionName}`) +
    element('Arn', `${roleArn.replace(':role/', ':assumed-role/')}/${sessionName}`);
  const held =
    element('AccessKeyId', accessKeyId) +
    element('SecretAccessKey', secretAccessKey) +
    element('SessionToken', sessionToken) +
    element('Expiration', new Date(expiresAtMs).toISOString());
  const result = `<AssumedRoleUser>${user}</AssumedRoleUser><Credentials>${held}</Credentials>`;
  const metadata = `<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata>`;
  return `<AssumeRoleResponse xmlns="${NAMESPACE}"><AssumeRoleResult>${result}</AssumeRoleResult>${metadata}</AssumeRoleResponse>`;
}

function element(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${escaped}</${name}>`;
}
