import type { BlockHeader } from './block-header.ts';
import { readBlockGroup, readSimpleBlock, simpleBlock } from './block.ts';
import type { BlockTrail } from './block-trail.ts';
import { ClusterEvents, type BlockOptions } from './cluster-events.ts';
import { readEbmlHeader, SIZE_BYTES_MAX_DEFAULT } from './ebml-header.ts';
import { ElementId } from './element-id.ts';
import type { ElementSink, Verdict } from './element-sink.ts';
import { EventQueue, type Retracted } from './event-queue.ts';
import type { MatroskaEvent, ProblemReport } from './matroska-event.ts';
import { elementProblem, type Extent } from './problem-report.ts';
import { readInfo } from './segment-info.ts';
import { readTags } from './segment-tags.ts';
import { readTracks } from './segment-tracks.ts';

/** RFC 9559, section 5.1.4.1.3. */
const AUDIO_TRACK_TYPE = 2;

/** Gives the elements of one document after another their meaning. The events wait to be taken. */
export class DocumentEvents implements ElementSink {
  sizeBytesMax = SIZE_BYTES_MAX_DEFAULT;
  readonly #events = new EventQueue();
  readonly #cluster: ClusterEvents;
  #document = -1;
  #hasSeenCluster = false;

  constructor(options: BlockOptions) {
    this.#cluster = new ClusterEvents(this.#events, options);
  }

  /** The oldest event that may be taken. */
  take(): MatroskaEvent | undefined {
    return this.#events.take();
  }

  get hasEvents(): boolean {
    return this.#events.hasEvents;
  }

  get trail(): BlockTrail {
    return this.#cluster.trail;
  }

  get isHolding(): boolean {
    return this.#events.isHolding;
  }

  /** Nothing was written behind `end`. */
  confirmAtEnd(end: number): void {
    this.#events.confirmAtEnd(end);
  }

  confirm(): void {
    this.#events.confirm();
  }

  retract(): Retracted | undefined {
    return this.#cluster.retract();
  }

  meetForeign(id: number): void {
    this.#cluster.meetForeign(id);
  }

  openDocument(offset: number): void {
    this.#document += 1;
    this.#hasSeenCluster = false;
    this.#cluster.openDocument();
    this.sizeBytesMax = SIZE_BYTES_MAX_DEFAULT;
    this.#events.push({ type: 'documentStart', document: this.#document, offset });
  }

  closeDocument(): void {
    this.#events.push({ type: 'documentEnd', document: this.#document });
  }

  openCluster(): void {
    this.#hasSeenCluster = true;
    this.#cluster.openCluster();
  }

  closeCluster(): void {
    this.#cluster.closeCluster();
  }

  problem(problem: ProblemReport): void {
    this.#events.push({ type: 'problem', ...problem });
  }

  simpleBlock(
    header: BlockHeader,
    bytes: Uint8Array,
    payloadAt: number,
    payloadEnd: number,
    at: Extent,
  ): Verdict {
    return this.#cluster.block(simpleBlock(header, bytes, payloadAt, payloadEnd), at);
  }

  element(id: number, content: Uint8Array, offset: number, endOffset: number): Verdict {
    const at = { id, offset, endOffset };
    switch (id) {
      case ElementId.SimpleBlock:
        return this.#cluster.block(readSimpleBlock(content), at);
      case ElementId.BlockGroup:
        return this.#cluster.block(readBlockGroup(content), at);
      case ElementId.Timestamp:
        return this.#cluster.timestamp(content, at);
      case ElementId.Tags:
        return this.#tags(content, at);
      case ElementId.Tracks:
        return this.#tracks(content, at);
      case ElementId.Info:
        return this.#info(content, at);
      case ElementId.EBML:
        return this.#ebmlHeader(content, at);
      default:
        return 'doubtful';
    }
  }

  #ebmlHeader(content: Uint8Array, { offset }: Extent): Verdict {
    const { sizeBytesMax, doubts } = readEbmlHeader(content);
    this.sizeBytesMax = sizeBytesMax;
    for (const doubt of doubts) {
      this.problem({ code: 'matroska.unsupported', offset, message: `Cannot rely on document: ${doubt}` });
    }
    return 'sound';
  }

  #info(content: Uint8Array, at: Extent): Verdict {
    const { info, isWhole } = readInfo(content);
    this.#cluster.msPerTick = info.timestampScaleNs / 1e6;
    this.#events.push(info);
    if (!isWhole) this.#malformed(at);
    return 'sound';
  }

  #tracks(content: Uint8Array, at: Extent): Verdict {
    const { tracks, frameEncodings, isWhole } = readTracks(content);
    for (const track of tracks) this.#events.push({ type: 'track', track });
    for (const [number, encoding] of frameEncodings) {
      if (typeof encoding !== 'string') continue;
      const message = `Cannot decode frames of track ${number}: ${encoding}; its blocks are not given`;
      this.problem({ code: 'matroska.unsupported', offset: at.offset, message });
    }
    this.#cluster.frameEncodings = frameEncodings;
    const audioTracks = tracks.filter(({ trackType }) => trackType === AUDIO_TRACK_TYPE);
    this.#cluster.audioTrackNumbers = new Set(audioTracks.map(({ number }) => number));
    if (isWhole) this.trail.trackNumbers = new Set(tracks.map((track) => track.number));
    else this.#malformed(at);
    return 'sound';
  }

  #tags(content: Uint8Array, at: Extent): Verdict {
    const { tags, isWhole } = readTags(content);
    const position = this.#hasSeenCluster ? 'after-cluster' : 'before-cluster';
    for (const { name, value } of tags) this.#events.push({ type: 'tag', name, value, position });
    if (!isWhole) this.#malformed(at);
    return 'sound';
  }

  #malformed(at: Extent): void {
    const skippedBytes = at.endOffset - at.offset;
    this.problem(elementProblem('matroska.damaged', at, 'part of it is malformed', skippedBytes));
  }
}
