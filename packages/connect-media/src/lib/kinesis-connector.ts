import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import {
  GetMediaCommand,
  type StartSelector as KinesisStartSelector,
} from '@aws-sdk/client-kinesis-video-media';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Clock } from '@earshot/domain';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { DataEndpoints } from './data-endpoints.ts';
import { findPredecessor } from './find-predecessor.ts';
import { KinesisAccount } from './kinesis-account.ts';
import { LinkedAbort } from './linked-abort.ts';
import { LruMap } from './lru-map.ts';
import type { MediaConnector } from './media-connector.ts';
import { isMediaError, mediaError } from './media-trouble.ts';
import { RoleCredentials, type AssumedRole, type CredentialProvider } from './role-credentials.ts';
import { fromSdkError, judgeSdkError } from './service-errors.ts';
import type { Lookup } from './start-positions.ts';

export interface KinesisConnectorOptions {
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
  /** Another Security Token Service than that of AWS. */
  readonly stsEndpointUrl: string | undefined;
  readonly credentials: CredentialProvider | undefined;
  readonly assumeRole: (streamArn: string) => AssumedRole | undefined;
  readonly socketsMax: number;
  readonly clock: Clock;
}

const CONNECT_MS_MAX = 5000;
/** Names, credentials, endpoint and the head of the answer together. */
const OPEN_MS_MAX = 20_000;
const STS_MS_MAX = 10_000;
const LOOKUP_MS_MAX = 2000;
const ACCOUNTS_MAX = 1024;
const STREAM_ARN = /^arn:[a-z-]+:kinesisvideo:([a-z0-9-]+):[0-9]{12}:stream\/[^/]+\/[0-9]+$/;

/** Opens GetMedia with the SDK. */
export class KinesisConnector implements MediaConnector {
  readonly #options: KinesisConnectorOptions;
  readonly #handler: NodeHttpHandler;
  readonly #stsHandler = new NodeHttpHandler({
    connectionTimeout: CONNECT_MS_MAX,
    requestTimeout: STS_MS_MAX,
    throwOnRequestTimeout: true,
  });
  readonly #ownCredentials: CredentialProvider;
  readonly #endpoints: DataEndpoints;
  readonly #accounts = new LruMap<string, KinesisAccount>(ACCOUNTS_MAX);

  constructor(options: KinesisConnectorOptions) {
    this.#options = options;
    this.#ownCredentials = options.credentials ?? fromNodeProviderChain();
    this.#endpoints = new DataEndpoints(options.clock);
    // The SDK's own agent lets 50 bodies be open; the next one would wait for ever without a word.
    const agent = { keepAlive: true, maxSockets: options.socketsMax };
    this.#handler = new NodeHttpHandler({
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
      connectionTimeout: CONNECT_MS_MAX,
    });
  }

  async open(streamArn: string, selector: KinesisStartSelector, signal: AbortSignal): Promise<Readable> {
    const command = new GetMediaCommand({ StreamARN: streamArn, StartSelector: selector });
    return this.#withAccount(streamArn, async (account) => {
      return within(OPEN_MS_MAX, signal, async (abortSignal) => {
        const client = await account.media(streamArn, abortSignal);
        const { Payload } = await client.send(command, { abortSignal });
        if (Payload instanceof Readable) return Payload;
        throw mediaError('media.service-error', 'Cannot open media: the answer has no body');
      });
    });
  }

  async findPredecessor(streamArn: string, lookup: Lookup, signal: AbortSignal): Promise<string | undefined> {
    const account = this.#account(streamArn);
    try {
      return await within(LOOKUP_MS_MAX, signal, async (abortSignal) => {
        const client = await account.archive(streamArn, abortSignal);
        return findPredecessor(client, streamArn, lookup, abortSignal);
      });
    } catch (error) {
      signal.throwIfAborted();
      // A role without the right, or a stream without retention: the archive is a help, never a need.
      if (error instanceof Error) return undefined;
      throw error;
    }
  }

  close(): void {
    this.#handler.destroy();
    this.#stsHandler.destroy();
  }

  /** New credentials once for those that expired; a data endpoint that fails is asked for again next time. */
  async #withAccount<Value>(
    streamArn: string,
    act: (account: KinesisAccount) => Promise<Value>,
  ): Promise<Value> {
    const account = this.#account(streamArn);
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await act(account);
      } catch (error) {
        if (isMediaError(error)) throw error;
        const { action } = judgeSdkError(error);
        if (action === 'refresh-endpoint' || action === 'refresh-credentials') {
          account.forgetEndpoints(streamArn);
        }
        if (action !== 'refresh-credentials' || !isFirst) throw fromSdkError(error, 'open media');
        account.renewCredentials();
      }
    }
  }

  /** The stream's own region counts; the configured one stands in for an ARN that tells none. */
  #account(streamArn: string): KinesisAccount {
    const region = STREAM_ARN.exec(streamArn)?.[1] ?? this.#options.region;
    if (region === undefined) {
      throw mediaError(
        'media.invalid-argument',
        'Cannot open media: streamArn is not the ARN of a Kinesis video stream',
      );
    }
    const role = this.#options.assumeRole(streamArn);
    const key = JSON.stringify([region, role?.roleArn, role?.externalId, role?.sessionName]);
    return this.#accounts.getOrMake(key, () => {
      const { endpointUrl } = this.#options;
      const credentials = role === undefined ? this.#ownCredentials : this.#roleCredentials(role, region);
      return new KinesisAccount({
        region,
        endpointUrl,
        credentials,
        handler: this.#handler,
        endpoints: this.#endpoints,
      });
    });
  }

  #roleCredentials(role: AssumedRole, region: string): RoleCredentials {
    const { stsEndpointUrl } = this.#options;
    const endpoint = stsEndpointUrl === undefined ? {} : { endpoint: stsEndpointUrl };
    const sts = { region, requestHandler: this.#stsHandler, ...endpoint };
    return new RoleCredentials({ role, ownCredentials: this.#ownCredentials, sts });
  }
}

/** Gives up after `ms`; the signal then fires for what `act` has begun, and stays quiet once it is done. */
async function within<Value>(
  ms: number,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const bound = new LinkedAbort(signal);
  const late = mediaError('media.unreachable', `Cannot open media: no answer within ${ms} ms`);
  const timer = setTimeout(() => bound.abort(late), ms);
  try {
    return await act(bound.signal);
  } catch (error) {
    if (bound.signal.reason === late) throw late;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
