import { readBlockGroup, readSimpleBlock, type BadBlock, type Block } from './block.ts';
import { ElementId } from './element-id.ts';
import { readSafeUnsigned, readText } from './element-value.ts';
import type { ElementSink, Verdict } from './element-sink.ts';
import { visitChildren } from './master-children.ts';
import type { MatroskaEvent, ProblemReport } from './matroska-event.ts';
import { elementProblem } from './problem-report.ts';
import { readInfo, TIMESTAMP_SCALE_NS_DEFAULT } from './segment-info.ts';
import { readTags } from './segment-tags.ts';
import { readTracks } from './segment-tracks.ts';

/** `waiting` for its Timestamp; `refused` when a block came before it, since that block has no time. */
type ClusterTime = { state: 'waiting' } | { state: 'known'; ticks: number } | { state: 'refused' };

/** Gives the elements of one document after another their meaning. The events wait to be taken. */
export class DocumentEvents implements ElementSink {
  readonly #events: MatroskaEvent[] = [];
  #takenCount = 0;
  #document = -1;
  #hasSeenCluster = false;
  #msPerTick = TIMESTAMP_SCALE_NS_DEFAULT / 1e6;
  /** Absent until Tracks was read without a problem: then a block of any track is accepted. */
  #trackNumbers: Set<number> | undefined;
  #cluster: ClusterTime = { state: 'waiting' };

  /** The oldest event not taken yet. */
  take(): MatroskaEvent | undefined {
    const event = this.#events[this.#takenCount];
    this.#takenCount += 1;
    if (event === undefined) {
      this.#events.length = 0;
      this.#takenCount = 0;
    }
    return event;
  }

  openDocument(offset: number): void {
    this.#document += 1;
    this.#hasSeenCluster = false;
    this.#msPerTick = TIMESTAMP_SCALE_NS_DEFAULT / 1e6;
    this.#trackNumbers = undefined;
    this.#events.push({ type: 'documentStart', document: this.#document, offset });
  }

  closeDocument(): void {
    this.#events.push({ type: 'documentEnd', document: this.#document });
  }

  openCluster(): void {
    this.#hasSeenCluster = true;
    this.#cluster = { state: 'waiting' };
  }

  closeCluster(): void {
    if (this.#cluster.state === 'known') this.#events.push({ type: 'clusterEnd' });
  }

  problem(problem: ProblemReport): void {
    this.#events.push({ type: 'problem', ...problem });
  }

  element(id: number, content: Uint8Array, offset: number, endOffset: number): Verdict {
    const damaged = (reason: string): void => {
      this.problem(elementProblem('matroska.damaged', { id, offset }, reason, endOffset - offset));
    };
    switch (id) {
      case ElementId.SimpleBlock:
        return this.#block(readSimpleBlock(content), damaged);
      case ElementId.BlockGroup:
        return this.#block(readBlockGroup(content), damaged);
      case ElementId.Timestamp:
        return this.#timestamp(content, damaged);
      case ElementId.Tags:
        this.#tags(content, damaged);
        return 'sound';
      case ElementId.Tracks:
        this.#tracks(content, offset, damaged);
        return 'sound';
      case ElementId.Info:
        this.#info(content, damaged);
        return 'sound';
      case ElementId.EBML:
        this.#ebmlHeader(content, offset);
        return 'sound';
      default:
        return 'doubtful';
    }
  }

  #ebmlHeader(content: Uint8Array, offset: number): void {
    visitChildren(content, (child) => {
      if (child.id !== ElementId.DocType) return;
      const docType = readText(child.content);
      if (docType === 'matroska' || docType === 'webm') return;
      const message = `Cannot rely on document: DocType is ${JSON.stringify(docType.slice(0, 32))}, not matroska or webm`;
      this.problem({ code: 'matroska.unsupported', offset, message });
    });
  }

  #info(content: Uint8Array, damaged: (reason: string) => void): void {
    const { info, isWhole } = readInfo(content);
    this.#msPerTick = info.timestampScaleNs / 1e6;
    this.#events.push(info);
    if (!isWhole) damaged('part of it is malformed');
  }

  #tracks(content: Uint8Array, offset: number, damaged: (reason: string) => void): void {
    const { tracks, encodedTrackNumbers, isWhole } = readTracks(content);
    for (const track of tracks) this.#events.push({ type: 'track', track });
    for (const number of encodedTrackNumbers) {
      const message = `Cannot decode frames of track ${number}: its ContentEncodings are not supported, frames are given as stored`;
      this.problem({ code: 'matroska.unsupported', offset, message });
    }
    if (isWhole) this.#trackNumbers = new Set(tracks.map((track) => track.number));
    else damaged('part of it is malformed');
  }

  #tags(content: Uint8Array, damaged: (reason: string) => void): void {
    const { tags, isWhole } = readTags(content);
    const position = this.#hasSeenCluster ? 'after-cluster' : 'before-cluster';
    for (const { name, value } of tags) this.#events.push({ type: 'tag', name, value, position });
    if (!isWhole) damaged('part of it is malformed');
  }

  #timestamp(content: Uint8Array, damaged: (reason: string) => void): Verdict {
    const ticks = readSafeUnsigned(content);
    if (ticks === undefined) {
      damaged('it is longer than 8 bytes or exceeds limit 2^53 - 1');
      return 'doubtful';
    }
    if (this.#cluster.state !== 'waiting') return 'doubtful';
    this.#cluster = { state: 'known', ticks };
    this.#events.push({ type: 'clusterStart', timestamp: ticks, timestampMs: ticks * this.#msPerTick });
    return 'sound';
  }

  #block(block: Block | BadBlock, damaged: (reason: string) => void): Verdict {
    if ('reason' in block) {
      damaged(block.reason);
      return 'doubtful';
    }
    if (this.#trackNumbers?.has(block.trackNumber) === false) {
      damaged(`track ${block.trackNumber} is not among the document's Tracks`);
      return 'doubtful';
    }
    if (this.#cluster.state !== 'known') {
      if (this.#cluster.state === 'waiting') damaged('its Cluster has no Timestamp before it');
      this.#cluster = { state: 'refused' };
      return 'doubtful';
    }
    const { trackNumber, timestampTicks, durationTicks, keyframe, frames } = block;
    this.#events.push({
      type: 'block',
      trackNumber,
      timestampMs: (this.#cluster.ticks + timestampTicks) * this.#msPerTick,
      keyframe,
      frames,
      ...(durationTicks === undefined ? {} : { durationMs: durationTicks * this.#msPerTick }),
    });
    return 'sound';
  }
}
