import { describeSpeechRecognizer } from './contract.ts';
import { createScriptedRecognizer } from './testing.ts';

describeSpeechRecognizer('createScriptedRecognizer', (limits) =>
  Promise.resolve(createScriptedRecognizer(['Hello.'], limits)),
);
