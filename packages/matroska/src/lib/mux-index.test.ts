import { describe, expect, it } from 'vitest';
import { eventsOfType, readEvents } from '../testing.ts';
import { ElementId } from './element-id.ts';
import { concatBytes, muxMasterStart } from './mux-element.ts';
import { muxCluster } from './mux-cluster.ts';
import { muxDocumentParts } from './mux-header.ts';
import { muxCues, muxSeekHead, muxVoid } from './mux-index.ts';
import { pcmTrack, subtitleTrack } from './mux-track.ts';

describe('muxSeekHead', () => {
  it('writes each id with a position of eight bytes', () => {
    const seekHead = muxSeekHead([{ id: ElementId.Cues, positionBytes: 0x1234 }]);
    expect(Buffer.from(seekHead).toString('hex')).toBe(
      '114d9b7495' + '4dbb92' + '53ab841c53bb6b' + '53ac88' + '0000000000001234',
    );
  });

  it('is as long for a place at the beginning as for one far behind', () => {
    const lengthAt = (positionBytes: number) => muxSeekHead([{ id: ElementId.Cues, positionBytes }]).length;
    expect(lengthAt(2 ** 40)).toBe(lengthAt(0));
  });
});

describe('muxCues', () => {
  it('writes time, track and place of a Cluster, each in eight bytes', () => {
    const cues = muxCues([{ timestamp: 5000, trackNumber: 1, clusterPositionBytes: 0x0102 }]);
    expect(Buffer.from(cues).toString('hex')).toBe(
      '1c53bb6ba2' +
        'bba0' +
        'b388' +
        '0000000000001388' +
        'b794' +
        'f788' +
        '0000000000000001' +
        'f188' +
        '0000000000000102',
    );
  });
});

describe('muxVoid', () => {
  it.each([9, 10, 300])('is %s bytes long', (lengthBytes) => {
    expect(muxVoid(lengthBytes)).toHaveLength(lengthBytes);
  });
});

describe('muxMasterStart', () => {
  it('begins a Segment whose length is told before its content is made', () => {
    const date = Date.UTC(2026, 10, 23, 1, 2, 3, 456);
    const { ebmlHeader, children } = muxDocumentParts({
      title: 'a call',
      dateMs: date,
      durationTicks: 1,
      tracks: [
        pcmTrack({ number: 1, sampleRateHz: 8000 }),
        subtitleTrack({ number: 2, language: 'eng', languageTag: 'en-US', isDefault: true }),
      ],
    });
    const cluster = muxCluster({
      timestamp: 0,
      blocks: [{ trackNumber: 1, relativeTimestamp: 0, payload: new Uint8Array(16) }],
    });
    const content = concatBytes([...children, cluster, muxVoid(20)]);
    const file = concatBytes([ebmlHeader, muxMasterStart(ElementId.Segment, content.length), content]);
    const events = readEvents(file, { strict: true, chunkBytes: 7 });
    expect(eventsOfType(events, 'info')).toMatchObject([{ title: 'a call', dateMs: date, durationMs: 1 }]);
    expect(eventsOfType(events, 'block')).toHaveLength(1);
    expect(events.at(-1)?.type).toBe('documentEnd');
  });
});
