import type { AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import { presentSpeechSettings, type SpeechSettingsDeps } from '../../speech/speech-settings.ts';

/** GET /earshot/v1/speech-settings */
export function getSpeechSettings({ speechSettings, engines }: SpeechSettingsDeps) {
  return async (c: Context<AppEnv>) =>
    c.json(presentSpeechSettings(engines, await speechSettings.getEngine(c.get('key').tenantId)));
}
