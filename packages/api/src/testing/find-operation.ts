/** The parts of the document that answers are checked by. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<
      Record<string, { readonly content?: Readonly<Record<string, { schema?: object }>> }>
    >;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<
      string,
      | { readonly $ref: string }
      | { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }
    >
  >;
}

/** The operation that a request is for; of two paths that fit, the one with fewer parameters. */
export function findOperation(
  { paths }: OpenApiDocument,
  method: string,
  pathname: string,
): { readonly template: string; readonly operation: Operation } | undefined {
  const asked = partsOf(pathname);
  const [template] = Object.keys(paths)
    .filter((path) => fits(partsOf(path), asked))
    .toSorted((a, b) => parameterCount(a) - parameterCount(b));
  const verb = method.toLowerCase() === 'head' ? 'get' : method.toLowerCase();
  const operation = template === undefined ? undefined : paths[template]?.[verb];
  return template === undefined || operation === undefined ? undefined : { template, operation };
}

function fits(template: readonly string[], asked: readonly string[]): boolean {
  return (
    template.length === asked.length &&
    template.every((part, index) => part === asked[index] || (part.startsWith('{') && asked[index] !== ''))
  );
}

/** A slash at the end is accepted everywhere. */
function partsOf(path: string): readonly string[] {
  return path.replace(/\/$/, '').split('/');
}

function parameterCount(path: string): number {
  return partsOf(path).filter((part) => part.startsWith('{')).length;
}
