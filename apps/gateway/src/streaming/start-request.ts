import type { StartStreamingBody } from '@earshot/api';
import type { EngineList, EngineOffer } from '@earshot/config';
import type { CallSettings, MediaLocation, StartSelector } from '@earshot/domain';
import { chooseEngine, chooseLanguage } from '../speech/choose-engine.ts';
import { checkNamespace } from './namespace.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface StartRules {
  /** What calls may ask for, the default first. */
  readonly engines: EngineList<EngineOffer>;
  /** Redaction cannot be switched off by a request. */
  readonly forceRedaction: boolean;
}

export interface StartRequest {
  readonly type: 'start';
  readonly guid: string;
  readonly customerExternalId: string;
  readonly agentExternalId: string;
  readonly settings: CallSettings;
  readonly media: MediaLocation;
  /** AWS account of the stream; the caller checks that it is the tenant's. */
  readonly accountId: string;
}

/** What a request without a language asks for, whatever the engine can do. */
const LANGUAGE_DEFAULT = 'en-US';

/** What a body that passed `validateStartStreamingBody` asks for, unless this deployment does not do that. */
export function readStartRequest(
  body: StartStreamingBody,
  rules: StartRules,
  engineOfTenant: string | undefined,
): StartRequest | Refusal {
  const namespace = checkNamespace(body.namespace);
  if (namespace !== undefined) return namespace;
  const media = readMedia(body.amazonConnectParams);
  if (media.type === 'refused') return media;
  const settings = readSettings(body, rules, engineOfTenant);
  if (settings.type === 'refused') return settings;
  return {
    type: 'start',
    guid: body.guid,
    customerExternalId: body.customerId,
    agentExternalId: body.agentId,
    settings: settings.settings,
    media: media.media,
    accountId: media.accountId,
  };
}

function readMedia(
  params: StartStreamingBody['amazonConnectParams'],
): { type: 'media'; media: MediaLocation; accountId: string } | Refusal {
  if (params === undefined) return refuse('400-201', '/amazonConnectParams is required');
  const selector = readSelector(params);
  if (selector === undefined) {
    const accepted = 'is required when startSelectorType is "FRAGMENT_NUMBER"';
    return refuse('400-201', `/amazonConnectParams/afterFragmentNumber ${accepted}`);
  }
  const [, , , , accountId = ''] = params.streamArn.split(':');
  return { type: 'media', media: { streamArn: params.streamArn, selector }, accountId };
}

function readSelector(
  params: NonNullable<StartStreamingBody['amazonConnectParams']>,
): StartSelector | undefined {
  if (params.startSelectorType !== 'FRAGMENT_NUMBER') return { type: 'NOW' };
  const { afterFragmentNumber } = params;
  return afterFragmentNumber === undefined ? undefined : { type: 'FRAGMENT_NUMBER', afterFragmentNumber };
}

function readSettings(
  body: StartStreamingBody,
  rules: StartRules,
  ofTenant: string | undefined,
): { type: 'settings'; settings: CallSettings } | Refusal {
  const params = body.autotranscribeParams;
  const offer = chooseEngine(rules.engines, { asked: params?.engine, ofTenant });
  if ('type' in offer) return offer;
  const spoken = chooseLanguage(rules.engines, offer, params?.language ?? LANGUAGE_DEFAULT);
  if (spoken.type === 'refused') return spoken;
  const settings: CallSettings = {
    language: spoken.language,
    engine: offer.engine,
    detailedToken: params?.detailedToken ?? false,
    audioRecordingAllowed: params?.audioRecordingAllowed ?? false,
    redactionOutput: params?.redactionOutput ?? 'redacted',
  };
  return refuseOutput(settings, rules) ?? { type: 'settings', settings };
}

/** Tokens carry every word, so they go with an output that masks none. */
function refuseOutput(settings: CallSettings, rules: StartRules): Refusal | undefined {
  const { redactionOutput, detailedToken } = settings;
  const pointer = '/autotranscribeParams/redactionOutput';
  if (rules.forceRedaction && redactionOutput !== 'redacted') {
    return refuse('400-202', `${pointer} must be "redacted": this deployment always redacts`);
  }
  if (detailedToken && redactionOutput !== 'unredacted') {
    const accepted = 'must be false unless redactionOutput is "unredacted"';
    return refuse('400-202', `/autotranscribeParams/detailedToken ${accepted}`);
  }
  return undefined;
}
