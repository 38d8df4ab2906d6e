import type { Problem, UpdateEndpointBody } from '@earshot/api';
import { findOutboundAuthProblems, judgeEgressUrl, type EgressPolicy } from '@earshot/auth';
import type { EndpointAuth } from '@earshot/storage';

export const ENDPOINT_DEFAULTS = {
  enabled: true,
  policy: 'realtime',
  pendingMax: 100,
  pendingAgeMaxMs: 30_000,
  timeoutMs: 5000,
  partials: false,
} as const;

/** What only this deployment can tell about a validated endpoint body; empty when it can be stored. */
export function findEndpointProblems(input: UpdateEndpointBody, egress: EgressPolicy): readonly Problem[] {
  const problems: Problem[] = [];
  if (input.url !== undefined) problems.push(...findUrlProblems(input.url, egress));
  for (const { pointer, accepted } of findOutboundAuthProblems(authList(input.auth))) {
    problems.push({ pointer: `/auth${pointer.replace(/^\/0/, '')}`, message: `must be ${accepted}` });
  }
  return problems;
}

/** The credentials without their value, as the store keeps them beside the sealed secret. */
export function authList(auth: UpdateEndpointBody['auth']): readonly EndpointAuth[] {
  return auth == null ? [] : [{ type: auth.type, name: auth.name, in: auth.in }];
}

function findUrlProblems(text: string, egress: EgressPolicy): readonly Problem[] {
  const verdict = judgeEgressUrl(new URL(text), egress);
  if (verdict.ok) return [];
  return [{ pointer: '/url', message: `must be an https URL of a public host: ${verdict.reason}` }];
}
