import { readRefusal } from './read-answer.ts';
import { readProblem } from './read-problem.ts';
import { REDACTION_ENTITIES, REDACTION_POLICY } from './gateway-under-test.ts';

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export interface RedactionOperation {
  readonly method: string;
  readonly path: string;
  /** One that is accepted. */
  readonly body?: object;
  /** Reads the error shape of the path. */
  readonly readRefusal: (response: Response) => Promise<Refused>;
}

async function readProblemAsRefusal(response: Response): Promise<Refused> {
  const { status, code, detail } = await readProblem(response);
  return { status, code, message: detail };
}

const patch = { policies: { autoTranscribe: true } };
const one = `${REDACTION_ENTITIES}/PIN`;

export const REDACTION_OPERATIONS: readonly RedactionOperation[] = [
  { method: 'GET', path: REDACTION_ENTITIES, readRefusal },
  { method: 'GET', path: one, readRefusal },
  { method: 'PATCH', path: one, body: patch, readRefusal },
  { method: 'GET', path: REDACTION_POLICY, readRefusal: readProblemAsRefusal },
  { method: 'PUT', path: REDACTION_POLICY, body: { mode: 'strict' }, readRefusal: readProblemAsRefusal },
];
