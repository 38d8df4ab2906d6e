import type { CallSettings } from '@earshot/domain';

/** What a start that asks for nothing gets. */
export const SAMPLE_SETTINGS: CallSettings = {
  language: 'en-US',
  detailedToken: false,
  audioRecordingAllowed: false,
  redactionOutput: 'redacted',
};
