import { PCM_BYTES_PER_SAMPLE } from '@earshot/domain';
import { g711Samples } from './g711.ts';
import { speechError } from './speech-error.ts';

/** 16-bit linear PCM, one array a channel, all of the same length. */
export interface WavAudio {
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly pcm: readonly Int16Array[];
}

interface WavFormat {
  readonly sampleRateHz: number;
  readonly channels: number;
}

/** How one sample is stored: a 16-bit number, or a code of 8 bits that stands for one. */
interface WavCoding extends WavFormat {
  readonly sampleOfCode: Int16Array | undefined;
}

const FORMAT_PCM = 1;
const FORMAT_A_LAW = 6;
const FORMAT_MU_LAW = 7;
const FORMAT_EXTENSIBLE = 0xfffe;
const CHUNK_HEADER_BYTES = 8;
const CHANNELS_MAX = 16;
const HEADER_BYTES = 44;
/** Linear PCM of 8 bits is unsigned, silence at 128. */
const linearBytes = Int16Array.from({ length: 256 }, (_, code) => (code - 128) * 256);

/**
 * Reads a RIFF/WAVE file of 16-bit PCM, or of 8-bit PCM, G.711 A-law or mu-law, which become 16-bit. Chunks it does not know are passed over; a data chunk that claims more
 * than there is (a recorder that was cut off) ends with the file.
 *
 * Throws `speech.wav-invalid` for anything else.
 */
export function readWav(bytes: Uint8Array): WavAudio {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 12 || fourCc(view, 0) !== 'RIFF' || fourCc(view, 8) !== 'WAVE') {
    throw invalid('no RIFF/WAVE header');
  }
  let format: WavCoding | undefined;
  for (let offset = 12; offset + CHUNK_HEADER_BYTES <= view.byteLength;) {
    const id = fourCc(view, offset);
    const size = view.getUint32(offset + 4, true);
    const body = offset + CHUNK_HEADER_BYTES;
    if (id === 'fmt ') format = readFormat(view, body, size);
    if (id === 'data') {
      if (format === undefined) throw invalid('data chunk before fmt chunk');
      return readData(view, body, Math.min(size, view.byteLength - body), format);
    }
    offset = body + size + (size % 2);
  }
  throw invalid('no data chunk');
}

function readFormat(view: DataView, offset: number, size: number): WavCoding {
  if (size < 16 || offset + size > view.byteLength) throw invalid(`fmt chunk of ${size} bytes`);
  const tag = view.getUint16(offset, true);
  // The extensible form names the real format in the first two bytes of its sub-format GUID.
  const code = tag === FORMAT_EXTENSIBLE && size >= 26 ? view.getUint16(offset + 24, true) : tag;
  const bits = view.getUint16(offset + 14, true);
  const sampleOfCode = samplesOfFormat(code, bits);
  const channels = view.getUint16(offset + 2, true);
  if (channels < 1 || channels > CHANNELS_MAX)
    throw invalid(`${channels} channels, want 1 to ${CHANNELS_MAX}`);
  return { channels, sampleRateHz: view.getUint32(offset + 4, true), sampleOfCode };
}

const codings: ReadonlyMap<number, { readonly bits: number; readonly sampleOfCode: Int16Array }> = new Map([
  [FORMAT_PCM, { bits: 8, sampleOfCode: linearBytes }],
  [FORMAT_A_LAW, { bits: 8, sampleOfCode: g711Samples('a-law') }],
  [FORMAT_MU_LAW, { bits: 8, sampleOfCode: g711Samples('mu-law') }],
]);

function samplesOfFormat(code: number, bits: number): Int16Array | undefined {
  if (code === FORMAT_PCM && bits === 16) return undefined;
  const coding = codings.get(code);
  if (coding === undefined)
    throw invalid(
      `format code ${code}, want ${FORMAT_PCM} (linear PCM), ${FORMAT_A_LAW} (A-law) or ${FORMAT_MU_LAW} (mu-law)`,
    );
  if (coding.bits === bits) return coding.sampleOfCode;
  throw invalid(`${bits} bits per sample, want ${code === FORMAT_PCM ? '16 or ' : ''}${coding.bits}`);
}

function readData(
  view: DataView,
  offset: number,
  size: number,
  { sampleOfCode, ...format }: WavCoding,
): WavAudio {
  const sampleBytes = sampleOfCode ? 1 : PCM_BYTES_PER_SAMPLE;
  const frameBytes = format.channels * sampleBytes;
  const length = Math.floor(size / frameBytes);
  const pcm = Array.from({ length: format.channels }, (_, channel) => {
    const samples = new Int16Array(length);
    for (let index = 0; index < length; index += 1) {
      const place = offset + index * frameBytes + channel * sampleBytes;
      samples[index] = sampleOfCode ? (sampleOfCode[view.getUint8(place)] ?? 0) : view.getInt16(place, true);
    }
    return samples;
  });
  return { ...format, pcm };
}

/** Writes channels of equal length as RIFF/WAVE, 16-bit PCM. Throws `speech.wav-invalid` where they differ. */
export function writeWav(audio: {
  readonly sampleRateHz: number;
  readonly pcm: readonly Int16Array[];
}): Uint8Array {
  const [first, ...others] = audio.pcm;
  if (first === undefined || others.some((samples) => samples.length !== first.length)) {
    throw speechError('speech.wav-invalid', 'Cannot write WAV: channels are missing or differ in length');
  }
  const channels = audio.pcm.length;
  const frameBytes = channels * PCM_BYTES_PER_SAMPLE;
  const dataBytes = first.length * frameBytes;
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(bytes.buffer);
  writeHeader(view, { channels, sampleRateHz: audio.sampleRateHz }, dataBytes);
  for (const [channel, samples] of audio.pcm.entries()) {
    for (const [index, sample] of samples.entries()) {
      view.setInt16(HEADER_BYTES + index * frameBytes + channel * PCM_BYTES_PER_SAMPLE, sample, true);
    }
  }
  return bytes;
}

function writeHeader(view: DataView, format: WavFormat, dataBytes: number): void {
  const frameBytes = format.channels * PCM_BYTES_PER_SAMPLE;
  writeFourCc(view, 0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - CHUNK_HEADER_BYTES + dataBytes, true);
  writeFourCc(view, 8, 'WAVE');
  writeFourCc(view, 12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, FORMAT_PCM, true);
  view.setUint16(22, format.channels, true);
  view.setUint32(24, format.sampleRateHz, true);
  view.setUint32(28, format.sampleRateHz * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 16, true);
  writeFourCc(view, 36, 'data');
  view.setUint32(40, dataBytes, true);
}

function fourCc(view: DataView, offset: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + offset, 4));
}

function writeFourCc(view: DataView, offset: number, text: string): void {
  for (let index = 0; index < 4; index += 1) view.setUint8(offset + index, text.charCodeAt(index));
}

function invalid(problem: string): Error {
  return speechError('speech.wav-invalid', `Cannot read WAV: ${problem}`);
}
