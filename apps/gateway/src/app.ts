import {
  validateCreateCustomVocabularyBody,
  validateCreateEndpointBody,
  validateCreateKeyBody,
  validateListCustomVocabulariesQuery,
  validateListEndpointsQuery,
  validateListKeysQuery,
  validateListRedactionEntitiesQuery,
  validatePutRedactionPolicyBody,
  validatePutSpeechSettingsBody,
  validateRotateBody,
  validateStartStreamingBody,
  validateStopStreamingBody,
  validateUpdateEndpointBody,
  validateUpdateRedactionEntityBody,
} from '@earshot/api';
import {
  createApp,
  healthRoute,
  jsonBody,
  queryParams,
  requireScope,
  type AppEnv,
  type KeyLookup,
  type RateLimit,
  type ReadyCheck,
} from '@earshot/http';
import type { CallStore, VocabularyStore } from '@earshot/storage';
import type { Logger, Metrics } from '@earshot/telemetry';
import type { Clock } from '@earshot/domain';
import type { Hono } from 'hono';
import type { EndpointDeps } from './endpoints/endpoint-deps.ts';
import type { KeyDeps } from './keys/key-deps.ts';
import { createCustomVocabulary } from './routes/create-custom-vocabulary/handler.ts';
import { createEndpoint } from './routes/create-endpoint/handler.ts';
import { createKey } from './routes/create-key/handler.ts';
import { deleteCustomVocabulary } from './routes/delete-custom-vocabulary/handler.ts';
import { deleteEndpoint } from './routes/delete-endpoint/handler.ts';
import { getCall } from './routes/get-call/handler.ts';
import { getCustomVocabulary } from './routes/get-custom-vocabulary/handler.ts';
import { getRedactionEntity } from './routes/get-redaction-entity/handler.ts';
import { getRedactionPolicy } from './routes/get-redaction-policy/handler.ts';
import { listRedactionEntities } from './routes/list-redaction-entities/handler.ts';
import { putRedactionPolicy } from './routes/put-redaction-policy/handler.ts';
import { updateRedactionEntity } from './routes/update-redaction-entity/handler.ts';
import { getEndpoint } from './routes/get-endpoint/handler.ts';
import { listCustomVocabularies } from './routes/list-custom-vocabularies/handler.ts';
import { getSpeechSettings } from './routes/get-speech-settings/handler.ts';
import { listEndpoints } from './routes/list-endpoints/handler.ts';
import { listKeys } from './routes/list-keys/handler.ts';
import { pauseEndpoint } from './routes/pause-endpoint/handler.ts';
import { resumeEndpoint } from './routes/resume-endpoint/handler.ts';
import { revokeKey } from './routes/revoke-key/handler.ts';
import { rotateEndpointSecret } from './routes/rotate-endpoint-secret/handler.ts';
import { rotateKey } from './routes/rotate-key/handler.ts';
import { putSpeechSettings } from './routes/put-speech-settings/handler.ts';
import { startStreaming } from './routes/start-streaming/handler.ts';
import { stopStreaming } from './routes/stop-streaming/handler.ts';
import { updateEndpoint } from './routes/update-endpoint/handler.ts';
import type { SpeechSettingsDeps } from './speech/speech-settings.ts';
import type { RedactionDeps } from './redaction/redaction-deps.ts';
import type { StartCallDeps } from './streaming/start-call.ts';
import type { StopCallDeps } from './streaming/stop-call.ts';

export interface GatewayDeps {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly keys: KeyLookup;
  readonly rateLimit: RateLimit;
  readonly checkReady: ReadyCheck;
  readonly start: StartCallDeps;
  readonly stop: StopCallDeps;
  readonly calls: Pick<CallStore, 'getCall'>;
  readonly endpoints: EndpointDeps;
  readonly apiKeys: KeyDeps;
  readonly speech: SpeechSettingsDeps;
  readonly vocabularies: VocabularyStore;
  readonly redaction: RedactionDeps;
}

/** The route table; `createApp` puts request id, access log, credentials and quota before every route. */
export function createGatewayApp(deps: GatewayDeps): Hono<AppEnv> {
  const { logger, metrics, clock, keys, rateLimit, checkReady } = deps;
  const app = createApp({ logger, metrics, clock, keys, rateLimit, checkReady });
  app.get('/v1/health', healthRoute(checkReady, logger));

  const stream = requireScope('stream:write');
  app.post(
    '/mg-autotranscribe/v1/start-streaming',
    stream,
    jsonBody(validateStartStreamingBody),
    startStreaming(deps.start),
  );
  app.post(
    '/mg-autotranscribe/v1/stop-streaming',
    stream,
    jsonBody(validateStopStreamingBody),
    stopStreaming(deps.stop),
  );
  app.get('/earshot/v1/calls/:guid', requireScope('stream:write', 'messages:read'), getCall(deps.calls));

  routeEndpoints(app, deps.endpoints);
  routeKeys(app, deps.apiKeys);
  routeSpeechSettings(app, deps.speech);
  routeVocabularies(app, deps);
  routeRedaction(app, deps.redaction);
  return app;
}

function routeEndpoints(app: Hono<AppEnv>, deps: EndpointDeps): void {
  const webhooks = requireScope('webhooks:admin');
  const all = '/earshot/v1/endpoints';
  app.post(all, webhooks, jsonBody(validateCreateEndpointBody), createEndpoint(deps));
  app.get(all, webhooks, queryParams(validateListEndpointsQuery), listEndpoints(deps));
  const one = `${all}/:endpointId` as const;
  app.get(one, webhooks, getEndpoint(deps));
  app.patch(one, webhooks, jsonBody(validateUpdateEndpointBody), updateEndpoint(deps));
  app.delete(one, webhooks, deleteEndpoint(deps.endpoints));
  app.post(`${one}/pause`, webhooks, pauseEndpoint(deps));
  app.post(`${one}/resume`, webhooks, resumeEndpoint(deps));
  app.post(`${one}/rotate-secret`, webhooks, jsonBody(validateRotateBody), rotateEndpointSecret(deps));
}

function routeKeys(app: Hono<AppEnv>, deps: KeyDeps): void {
  const admin = requireScope('admin');
  const all = '/earshot/v1/keys';
  app.get(all, admin, queryParams(validateListKeysQuery), listKeys(deps));
  app.post(all, admin, jsonBody(validateCreateKeyBody), createKey(deps));
  app.delete(`${all}/:apiId`, admin, revokeKey(deps));
  app.post(`${all}/:apiId/rotate`, admin, jsonBody(validateRotateBody), rotateKey(deps));
}

function routeSpeechSettings(app: Hono<AppEnv>, deps: SpeechSettingsDeps): void {
  const admin = requireScope('admin');
  const path = '/earshot/v1/speech-settings';
  app.get(path, admin, getSpeechSettings(deps));
  app.put(path, admin, jsonBody(validatePutSpeechSettingsBody), putSpeechSettings(deps));
}

function routeVocabularies(app: Hono<AppEnv>, { vocabularies, clock }: GatewayDeps): void {
  const admin = requireScope('admin');
  const all = '/configuration/v1/custom-vocabularies';
  app.get(all, admin, queryParams(validateListCustomVocabulariesQuery), listCustomVocabularies(vocabularies));
  app.post(
    all,
    admin,
    jsonBody(validateCreateCustomVocabularyBody),
    createCustomVocabulary({ vocabularies, clock }),
  );
  const one = `${all}/:customVocabularyId` as const;
  app.get(one, admin, getCustomVocabulary(vocabularies));
  app.delete(one, admin, deleteCustomVocabulary(vocabularies));
}

function routeRedaction(app: Hono<AppEnv>, deps: RedactionDeps): void {
  const admin = requireScope('admin');
  const all = '/configuration/v1/redaction-entities';
  app.get(all, admin, queryParams(validateListRedactionEntitiesQuery), listRedactionEntities(deps));
  const one = `${all}/:entityId` as const;
  app.get(one, admin, getRedactionEntity(deps));
  app.patch(one, admin, jsonBody(validateUpdateRedactionEntityBody), updateRedactionEntity(deps));
  const policy = '/earshot/v1/redaction-policy';
  app.get(policy, admin, getRedactionPolicy(deps));
  app.put(policy, admin, jsonBody(validatePutRedactionPolicyBody), putRedactionPolicy(deps));
}
