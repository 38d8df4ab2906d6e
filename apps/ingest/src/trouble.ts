import { isCodedError } from '@earshot/domain';
import { mediaTrouble } from '@earshot/connect-media';
import type { SessionTrouble } from '@earshot/storage';

/** What the call status shows about a session that failed: fixed texts by code, never the error's own message. */
export function describeTrouble(error: unknown): SessionTrouble {
  const code = isCodedError(error) ? error.code : 'ingest.internal';
  const known = mediaTrouble(code);
  if (known !== undefined) return { code, ...known };
  if (code.startsWith('speech.engine-')) {
    return {
      code,
      cause: 'The speech engine of this call did not answer, and no other one here has its language',
      remedy:
        'Check the key, the quota and the address of the engine; look for the code in the log of the ingest app',
    };
  }
  if (code.startsWith('speech.')) {
    return {
      code,
      cause: 'The speech recogniser could not go on with this call',
      remedy: 'Look for the code in the log of the ingest app; check memory and the model files',
    };
  }
  return {
    code,
    cause: 'Transcription of this call failed for a reason inside Earshot',
    remedy: 'Look for the session in the log of the ingest app',
  };
}
