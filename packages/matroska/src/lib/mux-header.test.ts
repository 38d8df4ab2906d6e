import { describe, expect, it } from 'vitest';
import { Demuxer, muxClusterStart, muxHeader, muxSimpleBlock, muxTags } from '../index.ts';

describe('muxHeader', () => {
  it('begins a document that the demuxer reads back, block by block as they are written', () => {
    const demuxer = new Demuxer();
    const header = muxHeader({
      muxingApp: 'Kinesis Video SDK 1.1.0 JNI 2.0',
      title: 'Kinesis Video SDK',
      segmentUid: new Uint8Array(16).fill(7),
      tracks: [
        {
          number: 1,
          uid: 9n,
          trackType: 2,
          name: 'AUDIO_FROM_CUSTOMER',
          codecId: 'A_AAC',
          codecPrivate: Uint8Array.of(0x11, 0x90),
        },
        {
          number: 2,
          trackType: 2,
          codecId: 'A_PCM/INT/LIT',
          audio: { samplingFrequencyHz: 8000, channels: 1, bitDepth: 16 },
        },
      ],
      tagsBeforeCluster: [
        { name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: '91343852333181432392682062622548574881' },
      ],
    });
    const muxingApp = 'Kinesis Video SDK 1.1.0 JNI 2.0';

    expect([...demuxer.write(header)]).toEqual([
      { type: 'documentStart', document: 0, offset: 0 },
      {
        type: 'info',
        timestampScaleNs: 1_000_000,
        title: 'Kinesis Video SDK',
        muxingApp,
        writingApp: muxingApp,
      },
      {
        type: 'track',
        track: {
          number: 1,
          uid: 9n,
          trackType: 2,
          name: 'AUDIO_FROM_CUSTOMER',
          codecId: 'A_AAC',
          codecPrivate: Uint8Array.of(0x11, 0x90),
        },
      },
      {
        type: 'track',
        track: {
          number: 2,
          uid: 2n,
          trackType: 2,
          codecId: 'A_PCM/INT/LIT',
          audio: { samplingFrequencyHz: 8000, channels: 1, bitDepth: 16 },
        },
      },
      {
        type: 'tag',
        name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER',
        value: '91343852333181432392682062622548574881',
        position: 'before-cluster',
      },
    ]);
    expect([...demuxer.write(muxClusterStart(1_726_677_688_724))]).toEqual([
      { type: 'clusterStart', timestamp: 1_726_677_688_724, timestampMs: 1_726_677_688_724 },
    ]);
    const payload = Uint8Array.of(1, 2, 3, 4);
    const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 64, payload });
    expect([...demuxer.write(block)]).toEqual([
      { type: 'block', trackNumber: 1, timestampMs: 1_726_677_688_788, keyframe: true, frames: [payload] },
    ]);
    expect([...demuxer.write(muxTags([{ name: 'ContactId', value: 'é' }]))]).toEqual([
      { type: 'clusterEnd' },
      { type: 'tag', name: 'ContactId', value: 'é', position: 'after-cluster' },
    ]);
    expect([...demuxer.finish()]).toEqual([{ type: 'documentEnd', document: 0 }]);
  });
});
