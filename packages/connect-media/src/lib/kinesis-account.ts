import { APIName, GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { KinesisVideoArchivedMediaClient } from '@aws-sdk/client-kinesis-video-archived-media';
import { KinesisVideoMediaClient } from '@aws-sdk/client-kinesis-video-media';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { DataEndpoints } from './data-endpoints.ts';
import { LruMap } from './lru-map.ts';
import { mediaError } from './media-trouble.ts';
import type { CredentialProvider, RoleCredentials } from './role-credentials.ts';

const CLIENTS_MAX = 1024;

export interface KinesisAccountOptions {
  readonly region: string;
  readonly endpointUrl: string | undefined;
  /** Own credentials, or those of a role. */
  readonly credentials: CredentialProvider | RoleCredentials;
  readonly handler: NodeHttpHandler;
  readonly endpoints: DataEndpoints;
}

/** The SDK clients that read one account's streams of one region with one identity. */
export class KinesisAccount {
  readonly #options: KinesisAccountOptions;
  #control: KinesisVideoClient | undefined;
  #medias = new LruMap<string, KinesisVideoMediaClient>(CLIENTS_MAX);
  #archives = new LruMap<string, KinesisVideoArchivedMediaClient>(CLIENTS_MAX);

  constructor(options: KinesisAccountOptions) {
    this.#options = options;
  }

  async media(streamArn: string, abortSignal: AbortSignal): Promise<KinesisVideoMediaClient> {
    const endpoint = await this.#endpoint(streamArn, APIName.GET_MEDIA, abortSignal);
    return this.#medias.getOrMake(endpoint, () => new KinesisVideoMediaClient(this.#config(endpoint)));
  }

  async archive(streamArn: string, abortSignal: AbortSignal): Promise<KinesisVideoArchivedMediaClient> {
    const endpoint = await this.#endpoint(streamArn, APIName.LIST_FRAGMENTS, abortSignal);
    return this.#archives.getOrMake(
      endpoint,
      () => new KinesisVideoArchivedMediaClient(this.#config(endpoint)),
    );
  }

  forgetEndpoints(streamArn: string): void {
    this.#options.endpoints.forget(`${APIName.GET_MEDIA} ${streamArn}`);
    this.#options.endpoints.forget(`${APIName.LIST_FRAGMENTS} ${streamArn}`);
  }

  /** Clients keep credentials of their own: new credentials need new clients. */
  renewCredentials(): void {
    if (typeof this.#options.credentials !== 'function') this.#options.credentials.forget();
    this.#control = undefined;
    this.#medias = new LruMap(CLIENTS_MAX);
    this.#archives = new LruMap(CLIENTS_MAX);
  }

  #endpoint(streamArn: string, api: 'GET_MEDIA' | 'LIST_FRAGMENTS', signal: AbortSignal): Promise<string> {
    return this.#options.endpoints.find(`${api} ${streamArn}`, async () => {
      this.#control ??= new KinesisVideoClient(this.#config(this.#options.endpointUrl));
      const command = new GetDataEndpointCommand({ StreamARN: streamArn, APIName: api });
      const { DataEndpoint } = await this.#control.send(command, { abortSignal: signal });
      if (DataEndpoint !== undefined) return DataEndpoint;
      throw mediaError('media.service-error', 'Cannot find data endpoint: the answer has none');
    });
  }

  #config(endpoint: string | undefined) {
    const { region, credentials, handler } = this.#options;
    return {
      region,
      credentials: typeof credentials === 'function' ? credentials : credentials.provide,
      requestHandler: handler,
      // Retries are ours: the SDK gives up on limits and missing streams at once.
      maxAttempts: 1,
      ...(endpoint === undefined ? {} : { endpoint }),
    };
  }
}
