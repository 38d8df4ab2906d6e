import type { SpeechSettings } from '@earshot/api';
import type { EngineList, EngineOffer } from '@earshot/config';
import { speechEngines, type Clock } from '@earshot/domain';
import type { SpeechSettingsStore } from '@earshot/storage';

export interface SpeechSettingsDeps {
  readonly speechSettings: SpeechSettingsStore;
  /** What the deployment offers, the default first. */
  readonly engines: EngineList<EngineOffer>;
  readonly clock: Clock;
}

/** @param chosen what the tenant stored; the deployment may have stopped offering it */
export function presentSpeechSettings(
  engines: EngineList<EngineOffer>,
  chosen: string | undefined,
): SpeechSettings {
  const own = engines.find(({ engine }) => engine === chosen);
  return {
    engine: (own ?? engines[0]).engine,
    chosenBy: own === undefined ? 'deployment' : 'tenant',
    engines: engines.map(({ engine, languages }) => ({
      engine,
      languages: [...languages],
      ...speechEngines[engine],
    })),
  };
}
