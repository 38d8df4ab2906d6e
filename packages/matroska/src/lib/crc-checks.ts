import type { ByteQueue } from './byte-queue.ts';
import { CrcCheck } from './crc-check.ts';
import { elementName, isMaster } from './element-id.ts';
import { visitChildren } from './master-children.ts';
import type { ProblemSink } from './matroska-event.ts';

/** Deepest masters looked into: what is nested further is refused elsewhere. */
const DEPTH_MAX = 32;

interface OpenCheck {
  readonly id: number;
  readonly offset: number;
  readonly endOffset: number;
  readonly check: CrcCheck;
  fedTo: number;
}

/** Verifies the CRC-32 of every master of known size while its bytes are read, however large it is. */
export class CrcChecks {
  readonly #queue: ByteQueue;
  readonly #sink: ProblemSink;
  /** Outermost first. */
  #open: OpenCheck[] = [];

  constructor(queue: ByteQueue, sink: ProblemSink) {
    this.#queue = queue;
    this.#sink = sink;
  }

  /** The element `id` begins at `offset`, its content at `contentAt`. Without a known end nothing says what the CRC covers. */
  begin(id: number, offset: number, contentAt: number, endOffset: number): void {
    if (endOffset === Infinity || !isMaster(id)) return;
    this.#open.push({ id, offset, endOffset, check: new CrcCheck(), fedTo: contentAt });
  }

  /** Everything before `offset` was read; to be called before those bytes are let go. */
  readTo(offset: number): void {
    if (this.#open.length === 0) return;
    for (const open of this.#open) this.#feed(open, Math.min(offset, open.endOffset));
    const ended = this.#open.filter(({ endOffset }) => endOffset <= offset);
    if (ended.length === 0) return;
    this.#open = this.#open.filter(({ endOffset }) => endOffset > offset);
    for (const { id, offset: at, check } of ended.toReversed()) {
      if (check.verdict() === 'mismatch') this.#mismatch(at, elementName(id));
    }
  }

  /** Masters within an element read whole. */
  verifyChildren(id: number, offset: number, content: Uint8Array, depth = 0): void {
    if (depth === DEPTH_MAX || !isMaster(id)) return;
    visitChildren(content, (child) => {
      if (!isMaster(child.id)) return;
      const check = new CrcCheck();
      check.feed(child.content);
      const name = `${elementName(child.id)} in ${elementName(id)}`;
      if (check.verdict() === 'mismatch') this.#mismatch(offset, name);
      this.verifyChildren(child.id, offset, child.content, depth + 1);
    });
  }

  /** After damage it is not known what a CRC covers, and the damage is reported as such. */
  cancel(): void {
    this.#open = [];
  }

  #feed(open: OpenCheck, to: number): void {
    while (open.fedTo < to) {
      const { bytes, start, end } = this.#queue.run(open.fedTo);
      const length = Math.min(end - start, to - open.fedTo);
      if (length === 0) return;
      open.check.feed(bytes.subarray(start, start + length));
      open.fedTo += length;
    }
  }

  #mismatch(offset: number, name: string): void {
    const message = `Cannot trust ${name}: its data does not match its CRC-32`;
    this.#sink.problem({ code: 'matroska.crc-mismatch', offset, message });
  }
}
