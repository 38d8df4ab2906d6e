import type { ParticipantRole } from '@earshot/domain';

/** What a tenant wants masked. Names of entities are kept as they are; what they mean is the redactor's business. */
export interface RedactionSettings {
  /** How detection judges: `custom` is `balanced` with nothing but what the tenant listed. */
  readonly mode: 'strict' | 'balanced' | 'custom';
  readonly mask: 'hash' | 'label';
  readonly entities: Readonly<Record<ParticipantRole, readonly string[]>>;
  readonly customRules: readonly { readonly name: string; readonly pattern: string }[];
}

export type StoredRedactionSettings =
  /** The tenant never chose: the defaults hold. */
  | { readonly type: 'none' }
  | {
      readonly type: 'stored';
      /** 1, 2, ... of this tenant; another one means other settings. */
      readonly revision: number;
      readonly settings: RedactionSettings;
      readonly updatedAtMs: number;
    }
  /** The row is damaged or of a later release: who redacts has to assume the strictest. */
  | { readonly type: 'unreadable'; readonly revision: number };

/** Gives the settings to store, or what speaks against it; nothing is stored then. Called again after a conflict. */
export type RedactionSettingsChange<Refused> = (
  current: StoredRedactionSettings,
) =>
  | { readonly type: 'change'; readonly settings: RedactionSettings }
  | { readonly type: 'refuse'; readonly because: Refused };

export type UpdateRedactionSettingsOutcome<Refused> =
  | { readonly type: 'updated'; readonly stored: StoredRedactionSettings & { readonly type: 'stored' } }
  | { readonly type: 'refused'; readonly because: Refused };

export interface RedactionSettingsStore {
  get(tenantId: string): Promise<StoredRedactionSettings>;
  /** Changes of a tenant take turns, so that none is lost. The revision stays where nothing changes. */
  update<Refused>(
    tenantId: string,
    atMs: number,
    change: RedactionSettingsChange<Refused>,
  ): Promise<UpdateRedactionSettingsOutcome<Refused>>;
}
