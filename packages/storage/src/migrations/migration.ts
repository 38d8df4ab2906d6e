/** One step of the schema. Steps that have been published are never edited: a change is a new step. */
export interface Migration {
  /** 1, 2, 3 ... without a gap. */
  readonly version: number;
  readonly name: string;
  /** Run in one transaction: nothing that PostgreSQL refuses inside one. */
  readonly sql: string;
}
