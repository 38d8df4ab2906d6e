/** One violation as the compiled code reports it. */
export interface CompiledViolation {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A check compiled from the OpenAPI source; `errors` belongs to the latest call. */
export interface CompiledCheck {
  (value: unknown): boolean;
  errors?: readonly CompiledViolation[] | null;
}
