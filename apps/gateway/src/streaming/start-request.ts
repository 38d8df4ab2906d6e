import type { StartStreamingBody } from '@earshot/api';
import type { CallSettings, MediaLocation, StartSelector } from '@earshot/domain';
import { checkNamespace } from './namespace.ts';
import { refuse, type Refusal } from './refusal.ts';

export interface StartRules {
  /** Tags the configured engine can do, in its own spelling. */
  readonly languages: readonly [string, ...string[]];
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

/** What a request without a language asks for, whatever the engine can do (contract decision 6). */
const LANGUAGE_DEFAULT = 'en-US';

/** Applies contract-decisions 6, 8-10, 18 and 19 to a body that passed `validateStartStreamingBody`. */
export function readStartRequest(body: StartStreamingBody, rules: StartRules): StartRequest | Refusal {
  const namespace = checkNamespace(body.namespace);
  if (namespace !== undefined) return namespace;
  const media = readMedia(body.amazonConnectParams);
  if (media.type === 'refused') return media;
  const settings = readSettings(body, rules);
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
): { type: 'settings'; settings: CallSettings } | Refusal {
  const params = body.autotranscribeParams;
  const asked = params?.language ?? LANGUAGE_DEFAULT;
  const language = rules.languages.find((tag) => tag.toLowerCase() === asked.toLowerCase());
  if (language === undefined) {
    const able = rules.languages.map((tag) => JSON.stringify(tag)).join(' or ');
    return refuse('400-202', `/autotranscribeParams/language must be ${able}`);
  }
  const settings: CallSettings = {
    language,
    detailedToken: params?.detailedToken ?? false,
    audioRecordingAllowed: params?.audioRecordingAllowed ?? false,
    redactionOutput: params?.redactionOutput ?? 'redacted',
  };
  return refuseOutput(settings, rules) ?? { type: 'settings', settings };
}

/** Tokens carry every word, so they go with an output that masks none (contract-decisions 18, 19). */
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
