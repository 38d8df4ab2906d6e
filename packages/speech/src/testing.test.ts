import { describeSpeechRecognizer } from './contract.ts';
import { createScriptedRecognizer } from './testing.ts';

describeSpeechRecognizer('createScriptedRecognizer', () =>
  Promise.resolve(createScriptedRecognizer(['Hello.'])),
);
