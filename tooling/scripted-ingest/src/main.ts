import { runApp } from '@earshot/http';
import { parseConfig, startIngest } from '@earshot/ingest';
import { createScriptedSpeech } from './lib/scripted-speech.ts';

await runApp('ingest', () => {
  const config = parseConfig(process.env);
  return startIngest(config, createScriptedSpeech(config));
});
