import type { LegalHold as PresentedHold } from '@earshot/api';
import type { LegalHold } from '@earshot/storage';

export function presentHold({ externalId, placedAtMs, placedBy }: LegalHold): PresentedHold {
  return { externalId, placedAt: new Date(placedAtMs).toISOString(), placedBy };
}
