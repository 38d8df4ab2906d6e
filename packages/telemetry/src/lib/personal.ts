/** Marks a value that may hold a customer's words or identity. Made by `personal` only. */
export interface Personal {
  readonly kind: 'personal';
  /** Hidden from serialisers: what they see is `toJSON`. */
  readonly reveal: () => string;
  toJSON(): string;
  toString(): string;
}

const marked = new WeakSet<object>();

/**
 * The one way to hand personal data to a logger. A line shows `[personal 23 chars]` unless the logger was created
 * with `revealPersonal`; so does JSON.stringify and string interpolation, always.
 */
export function personal(value: string): Personal {
  const placeholder = `[personal ${value.length} chars]`;
  const wrapped: Personal = {
    kind: 'personal',
    reveal: () => value,
    toJSON: () => placeholder,
    toString: () => placeholder,
  };
  marked.add(wrapped);
  return wrapped;
}

export function isPersonal(value: unknown): value is Personal {
  return typeof value === 'object' && value !== null && marked.has(value);
}
