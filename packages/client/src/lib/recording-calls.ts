import type { GetRecordingQuery, paths, Recording } from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { downloadFile } from './download-file.ts';
import { readRecording, type RecordingBytes, type RecordingRange } from './read-recording.ts';
import { recordingFailure, recordingRequest, type RecordingConnection } from './recording-request.ts';
import { unwrap } from './unwrap.ts';

/** Which recording is wanted, and where. */
export interface DownloadRecordingOptions extends GetRecordingQuery {
  /** Of the file; its folder is made where it is missing. */
  readonly path: string;
  /** Ends the download with its reason; the next call goes on with it. */
  readonly signal?: AbortSignal;
  /** Told the bytes that are there, of how many. */
  readonly onProgress?: (byteCount: number, totalByteCount: number) => void;
}

/** A recording that lies there whole. */
export interface DownloadedRecording {
  readonly recording: Recording;
  readonly byteCount: number;
}

/** What was recorded of calls whose start allowed it; needs the scope `recordings:read`. */
export interface RecordingCalls {
  /** A recording for each leg; empty where nothing was recorded. */
  recordings(guid: string): Promise<readonly Recording[]>;
  /**
   * A recording as a stream, as `mkv` (default) or `wav`; where several legs were recorded `leg` has to say which. `409-01` until
   * it is finished. A connection that breaks is made again, and the checksum of a whole `mkv` is compared.
   */
  recording(
    guid: string,
    options?: GetRecordingQuery & { readonly range?: RecordingRange },
  ): Promise<RecordingBytes>;
  /**
   * Brings a recording to a file. A download that broke off is gone on with, also by the next call; the file has its name only
   * once its sha256 (of a `wav`, its length) is right.
   */
  downloadRecording(guid: string, options: DownloadRecordingOptions): Promise<DownloadedRecording>;
}

export function recordingCalls(api: Client<paths>, connection: RecordingConnection): RecordingCalls {
  const recordings = async (guid: string): Promise<readonly Recording[]> =>
    (await unwrap(api.GET('/earshot/v1/calls/{guid}/recordings', { params: { path: { guid } } }))).recordings;
  return {
    recordings,
    recording: async (guid, options = {}) => await readRecording(connection, guid, options),
    async downloadRecording(guid, { path, onProgress, signal, ...query }) {
      const legs = await recordings(guid);
      const [recording, ...others] = legs.filter(({ leg }) => query.leg === undefined || leg === query.leg);
      const file = recording && fileOf(recording, query);
      if (recording === undefined || file === undefined || others.length > 0) {
        // The server says best what is in the way.
        const refused = await connection.fetch(recordingRequest(connection, guid, query));
        throw await recordingFailure(refused);
      }
      const { etag, ...wanted } = file;
      const { leg } = recording;
      await downloadFile(wanted, path, {
        ...connection,
        requestFrom: async (from) => {
          const rest = from === 0 ? undefined : { range: `bytes=${from}-`, etag };
          return recordingRequest(connection, guid, { ...query, leg }, rest);
        },
        failureOf: recordingFailure,
        signal,
        onProgress: (byteCount) => onProgress?.(byteCount, wanted.byteCount),
      });
      return { recording, byteCount: wanted.byteCount };
    },
  };
}

function fileOf(
  { state, byteCount, wavByteCount, sha256 }: Recording,
  { format = 'mkv' }: GetRecordingQuery,
) {
  if (state !== 'ready' || byteCount === undefined || sha256 === undefined) return undefined;
  if (format === 'mkv') return { byteCount, sha256, etag: `"${sha256}"` };
  if (wavByteCount === undefined) return undefined;
  return { byteCount: wavByteCount, sha256: undefined, etag: `"${sha256}-wav"` };
}
