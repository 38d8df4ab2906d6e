import { ElementId } from '@earshot/matroska';
import { recordingError } from './recording-error.ts';

export interface FoundCluster {
  readonly timestamp: number;
  /** Bytes from the first byte scanned. */
  readonly offsetBytes: number;
}

/**
 * Id and the longest size of a Cluster, then id, size and the longest value of its Timestamp. The shortest Cluster that holds
 * a block with a duration is as long.
 */
const HEAD_BYTES_MAX = 4 + 8 + 2 + 8;

/** Finds where Clusters of known size begin while their bytes pass by. Throws `recordings.part-damaged` for anything else. */
export class ClusterScanner {
  /** What has passed of the next Cluster's head. */
  #head = new Uint8Array(0);
  #headAtBytes = 0;
  #passedBytes = 0;
  /** Where the Cluster that is passing ends. */
  #endBytes = 0;

  *push(chunk: Uint8Array): Generator<FoundCluster, void, undefined> {
    // Negative while the next head is being gathered.
    let at = Math.max(0, Math.min(chunk.length, this.#endBytes - this.#passedBytes));
    this.#passedBytes += at;
    while (at < chunk.length) {
      if (this.#head.length === 0) this.#headAtBytes = this.#passedBytes;
      const taken = chunk.subarray(at, at + HEAD_BYTES_MAX - this.#head.length);
      this.#head = Buffer.concat([this.#head, taken]);
      this.#passedBytes += taken.length;
      at += taken.length;
      if (this.#head.length < HEAD_BYTES_MAX) return;
      yield this.#readHead();
      const rest = Math.min(chunk.length - at, this.#endBytes - this.#passedBytes);
      if (rest < 0) throw damaged(this.#headAtBytes, 'a Cluster is too short');
      at += rest;
      this.#passedBytes += rest;
    }
  }

  /** Throws where the last Cluster is not whole. */
  finish(): void {
    if (this.#head.length > 0 || this.#passedBytes !== this.#endBytes) {
      throw damaged(this.#passedBytes, 'it ends within a Cluster');
    }
  }

  #readHead(): FoundCluster {
    const view = new DataView(this.#head.buffer, this.#head.byteOffset, this.#head.length);
    const offsetBytes = this.#headAtBytes;
    if (view.getUint32(0) !== ElementId.Cluster) throw damaged(offsetBytes, 'no Cluster begins there');
    const size = readVint(view, 4, offsetBytes);
    const at = 4 + size.lengthBytes;
    if (view.getUint8(at) !== ElementId.Timestamp) throw damaged(offsetBytes, 'a Cluster has no Timestamp');
    const { value: valueBytes } = readVint(view, at + 1, offsetBytes);
    if (valueBytes > 8) throw damaged(offsetBytes, `a Timestamp is ${valueBytes} bytes long`);
    let timestamp = 0;
    for (let index = 0; index < valueBytes; index++)
      timestamp = timestamp * 256 + view.getUint8(at + 2 + index);
    this.#head = new Uint8Array(0);
    this.#endBytes = offsetBytes + at + size.value;
    return { timestamp, offsetBytes };
  }
}

function readVint(view: DataView, at: number, offsetBytes: number): { value: number; lengthBytes: number } {
  const first = view.getUint8(at);
  const lengthBytes = Math.clz32(first) - 23;
  if (lengthBytes > 8) throw damaged(offsetBytes, 'a size cannot be read');
  let value = first & (0xff >> lengthBytes);
  for (let index = 1; index < lengthBytes; index++) value = value * 256 + view.getUint8(at + index);
  if (!Number.isSafeInteger(value)) throw damaged(offsetBytes, 'a size is not known');
  return { value, lengthBytes };
}

function damaged(offsetBytes: number, reason: string): Error {
  return recordingError('recordings.part-damaged', `Cannot use part at byte ${offsetBytes}: ${reason}`);
}
