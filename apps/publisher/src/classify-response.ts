import { isCodedError } from '@earshot/domain';
import type { DeliveryResult } from '@earshot/storage';
import type { PostOutcome } from './post.ts';

/** The part of a delivery's record that an attempt decides. */
export type Verdict = Pick<DeliveryResult, 'state' | 'status' | 'errorCode' | 'detail'>;

const DETAIL_CHARS_MAX = 500;

/** `realtime` policy: 2xx is success, everything else is failed for good; nothing is tried again. */
export function classifyResponse(
  outcome: Exclude<PostOutcome, { type: 'aborted' }>,
  timeoutMs: number,
): Verdict {
  switch (outcome.type) {
    case 'answered':
      return classifyStatus(outcome.status);
    case 'timed-out':
      return failed(undefined, 'webhook.timeout', `Cannot deliver message: no answer within ${timeoutMs} ms`);
    case 'broken':
      return classifyBreak(outcome.cause);
  }
}

function classifyStatus(status: number): Verdict {
  if (status >= 200 && status < 300) {
    return { state: 'delivered', status, errorCode: undefined, detail: undefined };
  }
  if (status >= 300 && status < 400) {
    return failed(
      status,
      'webhook.redirect',
      `Cannot deliver message: the target answered ${status}, redirects are not followed`,
    );
  }
  return failed(status, 'webhook.status', `Cannot deliver message: the target answered ${status}`);
}

/** Of a foreign error only its code is kept: its text may quote the URL with a secret in the query. */
function classifyBreak(cause: unknown): Verdict {
  if (isCodedError(cause)) return failed(undefined, cause.code, cause.message);
  const code = systemCode(cause) ?? systemCode(cause instanceof Error ? cause.cause : undefined);
  const area =
    code !== undefined && /^(ERR_TLS|ERR_SSL|CERT_|.*CERT|EPROTO|UNABLE_TO_)/.test(code)
      ? 'tls'
      : 'connection';
  const detail = `Cannot deliver message: connection failed${code === undefined ? '' : ` (${code})`}`;
  return failed(undefined, `webhook.${area}`, detail);
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[\w-]{1,64}$/.test(error.code) ? error.code : undefined;
}

function failed(status: number | undefined, errorCode: string, detail: string): Verdict {
  return { state: 'failed', status, errorCode, detail: detail.slice(0, DETAIL_CHARS_MAX) };
}
