export interface SpeechSettingsStore {
  /** The engine a tenant chose, as it was stored: the deployment may have stopped offering it. */
  getEngine(tenantId: string): Promise<string | undefined>;
  /** @param engine `undefined` goes back to the default of the deployment */
  setEngine(input: { tenantId: string; engine: string | undefined; atMs: number }): Promise<void>;
}
