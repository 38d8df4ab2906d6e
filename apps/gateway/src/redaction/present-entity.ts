import type { RedactionEntity } from '@earshot/api';
import { PARTICIPANT_ROLES } from '@earshot/domain';
import type { EntityName, TenantPolicy } from '@earshot/redaction';
import { ENTITY_DESCRIPTIONS } from './entity-descriptions.ts';

/** An entity as the API shows it: on only where it is masked whoever speaks. */
export function presentEntity(id: EntityName, { entities }: TenantPolicy): RedactionEntity {
  return {
    id,
    description: ENTITY_DESCRIPTIONS[id],
    policies: { autoTranscribe: PARTICIPANT_ROLES.every((role) => entities[role].includes(id)) },
  };
}
