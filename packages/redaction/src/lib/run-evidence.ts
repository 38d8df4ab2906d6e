import type { DigitRun } from './digit-runs.ts';
import type { EntityName } from './entities.ts';
import type { GoverningCue } from './nearby-cue.ts';

/** What the turn itself says of a run. */
export interface RunEvidence {
  readonly run: DigitRun;
  readonly cue: GoverningCue | undefined;
  readonly isOther: boolean;
  readonly isNamedOther: boolean;
  readonly isLastFour: boolean;
  readonly isAnnounced: boolean;
  readonly isDirect: boolean;
  readonly namedAfter: EntityName | undefined;
}
