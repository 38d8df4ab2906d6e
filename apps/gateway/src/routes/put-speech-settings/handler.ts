import type { PutSpeechSettingsBody } from '@earshot/api';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { quotedNames } from '../../speech/choose-engine.ts';
import { presentSpeechSettings, type SpeechSettingsDeps } from '../../speech/speech-settings.ts';
import { refuseFields } from '../endpoint-refusals.ts';

/** PUT /earshot/v1/speech-settings */
export function putSpeechSettings({ speechSettings, engines, clock }: SpeechSettingsDeps) {
  return async (c: Context<AppEnv, string, JsonBody<PutSpeechSettingsBody>>) => {
    const engine = c.req.valid('json').engine ?? undefined;
    if (engine !== undefined && !engines.some((offer) => offer.engine === engine)) {
      return refuseFields(c, [{ pointer: '/engine', message: `must be ${quotedNames(engines)} or null` }]);
    }
    await speechSettings.setEngine({ tenantId: c.get('key').tenantId, engine, atMs: clock.now() });
    return c.json(presentSpeechSettings(engines, engine));
  };
}
