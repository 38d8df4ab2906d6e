import type { Clock } from '@earshot/domain';
import type { RedactionSettingsStore } from '@earshot/storage';

export interface RedactionDeps {
  readonly redactionSettings: RedactionSettingsStore;
  /** `REDACTION_FORCED`: masking cannot be switched off for a participant. */
  readonly forced: boolean;
  readonly clock: Clock;
}
