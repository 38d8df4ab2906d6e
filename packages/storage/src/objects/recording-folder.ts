/** Where everything of a recorded conversation lies, or only of one session of it: whoever erases it erases the folder. */
export function recordingFolder({
  tenantId,
  conversationId,
  sessionId,
}: {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly sessionId?: string;
}): string {
  const folder = `${recordingsFolder(tenantId)}/${conversationId}`;
  return sessionId === undefined ? folder : `${folder}/${sessionId}`;
}

/** The folder of a tenant, with a folder for each conversation. */
export function recordingsFolder(tenantId: string): string {
  return `recordings/${tenantId}`;
}
