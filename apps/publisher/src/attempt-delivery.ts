import type { Delivery, Endpoint } from '@earshot/storage';
import type { Admission, AttemptOutcome } from './circuit-breaker.ts';
import { classifyResponse } from './classify-response.ts';
import { decideAttempt, isGone } from './decide-attempt.ts';
import type { EndpointVisit } from './endpoint-directory.ts';
import { STOPPED, type DeliverLaneDeps, type LaneRun, type Step } from './lane-run.ts';
import { openBody } from './open-body.ts';
import { post, type PostOutcome } from './post.ts';
import { retryAfterMs } from './retry-after.ts';
import { settleDelivery } from './settle-delivery.ts';

const PASS: Admission = { type: 'pass' };
const GONE_REASON = 'The target answered 410 Gone: it wants nothing any more';

/** Sends one message once, if the circuit of its endpoint lets it, and records what came of it. */
export async function attemptDelivery(
  deps: DeliverLaneDeps,
  run: LaneRun,
  row: Delivery,
  visit: EndpointVisit,
): Promise<Step> {
  const { endpoint } = visit.entry;
  const opened = await openBody(deps.openSealed, row);
  if (opened.type === 'broken') return await conclude(deps, run, row, endpoint, opened, false);
  const admission = endpoint.policy === 'durable' ? await deps.circuits.admit(endpoint) : PASS;
  if (admission.type === 'wait') return admission;
  if (!(await visit.takeTurn(run.stop))) return STOPPED;
  if (run.hold.isLost()) return STOPPED;
  if (endpoint.partials) deps.finalStarts(opened.body);
  const { url, auth, dispatcher } = visit.entry;
  const outcome = await post(
    { url, auth, dispatcher, timeoutMs: endpoint.timeoutMs },
    { ...row, body: opened.body },
    {
      userAgent: deps.userAgent,
      nowMs: deps.clock.now(),
      signal: run.stop,
      // An answer may quote the message: of one that is sealed at rest nothing is kept.
      preview: typeof row.body === 'string',
    },
  );
  // Whether the target got it is unknown: it stays pending, whoever has the lane next sends it again.
  if (outcome.type === 'aborted') return STOPPED;
  deps.metrics.attempted(outcome);
  // The place is for the POST; while its result is recorded another lane may send.
  visit.leave();
  const step = await conclude(deps, run, row, endpoint, outcome, true);
  if (endpoint.policy === 'durable') await deps.circuits.report(endpoint, admission, outcomeOf(outcome));
  return step;
}

type EndedPost = Exclude<PostOutcome, { readonly type: 'aborted' }>;

async function conclude(
  deps: DeliverLaneDeps,
  run: LaneRun,
  row: Delivery,
  endpoint: Endpoint,
  outcome: EndedPost,
  repeatable: boolean,
): Promise<Step> {
  const verdict = classifyResponse(outcome, endpoint.timeoutMs);
  const answer = outcome.type === 'answered' ? outcome : undefined;
  const nowMs = deps.clock.now();
  const decision = decideAttempt(endpoint, {
    verdict,
    repeatable,
    attemptCount: row.attempts - row.attemptsBefore + 1,
    retryAfterMs: retryAfterMs(answer?.retryAfter, nowMs),
    nowMs,
    random: deps.random(),
  });
  const step = await settleDelivery(deps, run, row, endpoint, {
    ...verdict,
    ...decision,
    attempted: true,
    responsePreview: answer?.preview,
    durationMs: outcome.durationMs,
  });
  if (isGone(verdict)) await disable(deps, endpoint);
  return step;
}

/** After the message is recorded: should this process die in between, the next message is answered 410 too. */
async function disable(deps: DeliverLaneDeps, endpoint: Endpoint): Promise<void> {
  const { tenantId, endpointId } = endpoint;
  const atMs = deps.clock.now();
  const disabled = await deps.endpoints.disable({ tenantId, endpointId, reason: GONE_REASON, atMs });
  deps.directory.recheck(tenantId, endpointId);
  if (!disabled) return;
  deps.logger.warn('endpoint.disabled', { endpointId });
  await deps.events.endpointDisabled({ endpoint, reason: GONE_REASON, atMs });
}

function outcomeOf(outcome: EndedPost): AttemptOutcome {
  if (outcome.type !== 'answered') return 'unanswered';
  return outcome.status >= 200 && outcome.status < 300 ? 'delivered' : 'refused';
}
