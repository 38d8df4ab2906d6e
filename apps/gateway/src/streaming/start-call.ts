import type { StartStreamingBody } from '@earshot/api';
import type { CallSessionJob, Producer } from '@earshot/queues';
import type { Clock } from '@earshot/domain';
import type { CallSession, CallStore, KinesisSourceStore, SpeechSettingsStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { refuseIdleRedaction, type RedactionRulesDeps } from './redaction-rules.ts';
import { refuse, type Refusal } from './refusal.ts';
import { readStartRequest, type StartRules } from './start-request.ts';

export interface StartCallDeps extends RedactionRulesDeps {
  readonly calls: Pick<CallStore, 'startSession'>;
  readonly kinesisSources: Pick<KinesisSourceStore, 'find'>;
  readonly callSessions: Pick<Producer<CallSessionJob>, 'add'>;
  readonly speechSettings: Pick<SpeechSettingsStore, 'getEngine'>;
  readonly rules: StartRules;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Whose request it is, as the key says. */
export interface Caller {
  readonly tenantId: string;
  readonly appId: string;
}

export type StartCallOutcome = { readonly type: 'started'; readonly session: CallSession } | Refusal;

/**
 * Records the start durably and queues it; never waits for media. A start that is recorded but could not be
 * queued is still a start: the sweeper of ingest queues sessions nobody has claimed.
 */
export async function startCall(
  deps: StartCallDeps,
  caller: Caller,
  body: StartStreamingBody,
): Promise<StartCallOutcome> {
  const acceptedAtMs = deps.clock.now();
  const request = readStartRequest(body, deps.rules, await engineOfTenant(deps, caller, body));
  if (request.type === 'refused') return request;
  const idle = await refuseIdleRedaction(deps, caller.tenantId, request.settings);
  if (idle !== undefined) return idle;
  const source = await deps.kinesisSources.find(caller.tenantId, request.accountId);
  if (source === undefined) {
    return refuse(
      '400-201',
      `/amazonConnectParams/streamArn must be in an AWS account that is set up as a Kinesis source, ${request.accountId} is not`,
    );
  }
  const outcome = await deps.calls.startSession({
    ...caller,
    guid: request.guid,
    customerExternalId: request.customerExternalId,
    agentExternalId: request.agentExternalId,
    settings: request.settings,
    media: request.media,
    acceptedAtMs,
  });
  switch (outcome.type) {
    case 'running':
      return refuse('409-201', 'Cannot start: transcription of this guid has already started');
    case 'pending':
      return refuse('409-202', 'Cannot start: another request for this guid is in progress');
    case 'started':
      await queueSession(deps, outcome.session);
      return outcome;
  }
}

/** Asked only where it decides. */
async function engineOfTenant(
  { speechSettings, rules }: StartCallDeps,
  { tenantId }: Caller,
  { autotranscribeParams }: StartStreamingBody,
): Promise<string | undefined> {
  if (rules.engines.length === 1 || autotranscribeParams?.engine !== undefined) return undefined;
  return await speechSettings.getEngine(tenantId);
}

async function queueSession(deps: StartCallDeps, session: CallSession): Promise<void> {
  const { tenantId, sessionId } = session;
  try {
    await deps.callSessions.add({ tenantId, sessionId });
    deps.logger.info('call.started', { sessionId, ordinal: session.ordinal });
  } catch (error) {
    deps.logger.warn('call.started-unqueued', { sessionId, ordinal: session.ordinal, error });
  }
}
