import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  GetMediaCommand,
  KinesisVideoMediaClient,
  type StartSelector as KinesisStartSelector,
} from '@aws-sdk/client-kinesis-video-media';
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { fromSdkError } from './kinesis-error.ts';
import { LruMap } from './lru-map.ts';
import { mediaError } from './media-trouble.ts';

/** A role of the account that owns a stream. */
export interface AssumedRole {
  readonly roleArn: string;
  /** As the role's trust policy asks for; keeps others from borrowing the role through us. */
  readonly externalId?: string;
}

type Credentials = ReturnType<typeof fromNodeProviderChain>;

export interface KinesisConnectorOptions {
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
  readonly credentials: Credentials | undefined;
  readonly assumeRole: (streamArn: string) => AssumedRole | undefined;
  readonly socketsMax: number;
}

/** Opens GetMedia. One GetDataEndpoint a stream, remembered until something goes wrong with it. */
export interface MediaConnector {
  /** Throws `AppError` with a `MediaErrorCode`. The caller destroys the body. */
  open(streamArn: string, selector: KinesisStartSelector, signal: AbortSignal): Promise<Readable>;
  close(): void;
}

const CONNECT_MS_MAX = 5000;
const ENDPOINTS_MAX = 10_000;
const CLIENTS_MAX = 256;
const STREAM_ARN = /^arn:[a-z-]+:kinesisvideo:([a-z0-9-]+):[0-9]{12}:stream\/[^/]+\/[0-9]+$/;

interface Access {
  readonly key: string;
  readonly config: {
    readonly region: string;
    readonly credentials: Credentials;
    readonly requestHandler: NodeHttpHandler;
  };
}

export class KinesisConnector implements MediaConnector {
  readonly #options: KinesisConnectorOptions;
  readonly #handler: NodeHttpHandler;
  readonly #ownCredentials: Credentials;
  readonly #endpoints = new LruMap<string, string>(ENDPOINTS_MAX);
  readonly #credentials = new LruMap<string, Credentials>(CLIENTS_MAX);
  readonly #controls = new LruMap<string, KinesisVideoClient>(CLIENTS_MAX);
  readonly #medias = new LruMap<string, KinesisVideoMediaClient>(CLIENTS_MAX);

  constructor(options: KinesisConnectorOptions) {
    this.#options = options;
    this.#ownCredentials = options.credentials ?? fromNodeProviderChain();
    // The SDK's own agent lets 50 bodies be open; the next one would wait for ever without a word.
    const agent = { keepAlive: true, maxSockets: options.socketsMax };
    this.#handler = new NodeHttpHandler({
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
      connectionTimeout: CONNECT_MS_MAX,
    });
  }

  async open(streamArn: string, selector: KinesisStartSelector, signal: AbortSignal): Promise<Readable> {
    const access = this.#access(streamArn);
    const endpoint = await this.#endpoint(streamArn, access, signal);
    const client = this.#medias.getOrMake(`${access.key} ${endpoint}`, () => {
      // Retries are ours: the SDK gives up on limits and missing streams at once.
      return new KinesisVideoMediaClient({ ...access.config, endpoint, maxAttempts: 1 });
    });
    try {
      const command = new GetMediaCommand({ StreamARN: streamArn, StartSelector: selector });
      const { Payload } = await client.send(command, { abortSignal: signal });
      if (Payload instanceof Readable) return Payload;
    } catch (error) {
      this.#endpoints.delete(streamArn);
      throw fromSdkError(error, 'open media');
    }
    throw mediaError('media.service-error', 'Cannot open media: the answer has no body');
  }

  close(): void {
    this.#handler.destroy();
  }

  async #endpoint(streamArn: string, access: Access, signal: AbortSignal): Promise<string> {
    const known = this.#endpoints.get(streamArn);
    if (known !== undefined) return known;
    const client = this.#controls.getOrMake(access.key, () => {
      const { endpointUrl } = this.#options;
      return new KinesisVideoClient({
        ...access.config,
        ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
      });
    });
    try {
      const command = new GetDataEndpointCommand({ StreamARN: streamArn, APIName: 'GET_MEDIA' });
      const { DataEndpoint } = await client.send(command, { abortSignal: signal });
      if (DataEndpoint !== undefined) {
        this.#endpoints.set(streamArn, DataEndpoint);
        return DataEndpoint;
      }
    } catch (error) {
      throw fromSdkError(error, 'find data endpoint');
    }
    throw mediaError('media.service-error', 'Cannot find data endpoint: the answer has none');
  }

  /** The stream's own region counts; the configured one stands in for an ARN that tells none. */
  #access(streamArn: string): Access {
    const region = STREAM_ARN.exec(streamArn)?.[1] ?? this.#options.region;
    if (region === undefined) {
      throw mediaError(
        'media.invalid-argument',
        'Cannot open media: streamArn is not the ARN of a Kinesis video stream',
      );
    }
    const role = this.#options.assumeRole(streamArn);
    const key = `${region} ${role?.roleArn ?? ''} ${role?.externalId ?? ''}`;
    const credentials = role === undefined ? this.#ownCredentials : this.#roleCredentials(key, role, region);
    return { key, config: { region, credentials, requestHandler: this.#handler } };
  }

  #roleCredentials(key: string, role: AssumedRole, region: string): Credentials {
    return this.#credentials.getOrMake(key, () => {
      return fromTemporaryCredentials({
        masterCredentials: this.#ownCredentials,
        params: {
          RoleArn: role.roleArn,
          RoleSessionName: 'earshot',
          ...(role.externalId !== undefined && { ExternalId: role.externalId }),
        },
        clientConfig: { region },
      });
    });
  }
}
