import { createHash } from 'node:crypto';
import { AppError, type ParticipantRole } from '@earshot/domain';
import type { BlockPair } from './call-writer.ts';
import { BLOCK_BYTES, PcmReader, type PcmSource } from './pcm-reader.ts';

const SHA256_OF_NOTHING = createHash('sha256').digest('hex');
const ROLES = ['customer', 'agent'] as const satisfies readonly ParticipantRole[];

/** What both participants say, block by block. */
export class CallSides {
  readonly #readers: ReadonlyMap<ParticipantRole, PcmReader>;
  readonly #blockBytes: (blockIndex: number, role: ParticipantRole) => number;
  /** Sides that had a block at the last `next`; who once has none has ended. */
  speaking: readonly ParticipantRole[] = [];

  constructor(
    tracks: Readonly<Partial<Record<ParticipantRole, PcmSource>>>,
    blockBytes: (blockIndex: number, role: ParticipantRole) => number = () => BLOCK_BYTES,
  ) {
    const given = ROLES.flatMap((role) => {
      const source = tracks[role];
      return source === undefined ? [] : [[role, new PcmReader(source)] as const];
    });
    this.#readers = new Map(given);
    this.speaking = given.map(([role]) => role);
    this.#blockBytes = blockBytes;
  }

  /** The blocks of one slot of 64 ms. Throws `producer.bad-block` for a size out of range. */
  async next(blockIndex: number): Promise<BlockPair> {
    const pair: BlockPair = {};
    const speaking: ParticipantRole[] = [];
    for (const role of this.speaking) {
      const bytes = this.#sizeOf(blockIndex, role);
      const payload = await this.#readers.get(role)?.take(bytes);
      if (payload === undefined) continue;
      pair[role] = payload;
      speaking.push(role);
    }
    this.speaking = speaking;
    return pair;
  }

  bytes(): Readonly<Record<'customerBytes' | 'agentBytes', number>> {
    const bytesOf = (role: ParticipantRole): number => this.#readers.get(role)?.takenBytes ?? 0;
    return { customerBytes: bytesOf('customer'), agentBytes: bytesOf('agent') };
  }

  hashes(): Readonly<Record<'customerSha256' | 'agentSha256', string>> {
    const hashOf = (role: ParticipantRole): string => this.#readers.get(role)?.sha256() ?? SHA256_OF_NOTHING;
    return { customerSha256: hashOf('customer'), agentSha256: hashOf('agent') };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#readers.values()].map((reader) => reader.close()));
  }

  #sizeOf(blockIndex: number, role: ParticipantRole): number {
    const bytes = this.#blockBytes(blockIndex, role);
    if (Number.isInteger(bytes) && bytes > 0 && bytes <= BLOCK_BYTES) return bytes;
    const message = `Cannot put block ${blockIndex}: ${bytes} bytes is not a whole number from 1 to ${BLOCK_BYTES}`;
    throw new AppError('producer.bad-block', message, { retryable: false });
  }
}
