export { openCallDesk, type CallDesk, type StartedCall } from './lib/call-desk.ts';
export { fingerprint } from './lib/fingerprint.ts';
export {
  startNodeProcess,
  type LogRecord,
  type NodeProcess,
  type NodeProcessOptions,
} from './lib/node-process.ts';
export { createScriptedSpeech, type ScriptedSpeech } from './lib/scripted-speech.ts';
export {
  newMasterKey,
  startEmulator,
  startScriptedIngest,
  type EmulatorOptions,
  type IngestSurroundings,
  type ScriptedIngestOptions,
} from './lib/start-processes.ts';
