import { runApp } from '@earshot/http';
import { parseConfig, startIngest } from '@earshot/ingest';
import { createScriptedSpeech } from './lib/scripted-speech.ts';

await runApp('ingest', () => {
  const config = parseConfig(process.env);
  const says = process.env['SCRIPTED_TEXT'];
  return startIngest(config, createScriptedSpeech({ ...config, ...(says === undefined ? {} : { says }) }));
});
