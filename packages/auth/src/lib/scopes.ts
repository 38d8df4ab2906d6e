/** What a key may be allowed to do. */
export const SCOPES = [
  'stream:write',
  'messages:read',
  'transcripts:unredacted',
  'transcripts:partial',
  'export:read',
  'recordings:read',
  'webhooks:admin',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}

/** `admin` stands for every scope but `transcripts:unredacted`: raw text is only for keys that name it. */
export function hasScope(granted: readonly Scope[], wanted: Scope): boolean {
  return granted.includes(wanted) || (granted.includes('admin') && wanted !== 'transcripts:unredacted');
}
