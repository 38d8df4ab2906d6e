// Generated from packages/api/openapi by `npm run generate`. Do not edit.
export interface paths {
    "/earshot/v1/calls/{guid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The state of a call
         * @description Every session (one start to one stop) of the call with its streams and counts so far, and what its media was
         *     like: fragments, holes, reconnects, the last trouble. A session that failed says why and what helps. Needs one of the scopes `stream:write` and `messages:read`.
         */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/calls/{guid}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is being said, as it is said
         * @description Server-sent events. First every message so far, then each one as it is stored, across holds, as the event
         *     `message` with an `id`; a connection that breaks is taken up again with that `id` in `Last-Event-ID`: nothing is
         *     left out, nothing comes twice. The order is the order in which utterances were finished, so that of times may
         *     differ from it a little.
         *
         *     With `partials=true` (needs the scope `transcripts:partial` as well) the event `partial` tells the words of an
         *     utterance before it is finished; a later one of the same `streamId` and `startMs` replaces it, and so does the
         *     message. Partials are best effort: they have no `id` and are never repeated.
         *
         *     The event `end` tells that a session is over and all its messages were sent; it may come again on a new
         *     connection. With `callState` `ended` no session of the call is running; the connection stays open for a while,
         *     since a held call may go on, and is then ended by the server. A reconnect after that answers 204.
         *
         *     A comment comes every 15 s. A client that does not read is cut off.
         */
        get: operations["followCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/configuration/v1/custom-vocabularies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The words and names transcription should know, oldest first */
        get: operations["listCustomVocabularies"];
        put?: never;
        /**
         * Teach transcription a word or a name
         * @description Counts for calls that start from then on. An entry cannot be changed: delete it and create another. A tenant may
         *     have 200 entries, each with up to 5 spellings of what it sounds like, 40 characters each. Phrases are unique
         *     without regard to case and blanks.
         */
        post: operations["createCustomVocabulary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/configuration/v1/custom-vocabularies/{customVocabularyId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 01KAS5J7V8R3T0M5Q2ZC4H9X1B */
                customVocabularyId: string;
            };
            cookie?: never;
        };
        /** One entry */
        get: operations["getCustomVocabulary"];
        put?: never;
        post?: never;
        /**
         * Forget an entry
         * @description Calls that are being transcribed keep it until they end.
         */
        delete: operations["deleteCustomVocabulary"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/configuration/v1/redaction-entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be masked in transcripts, by name
         * @description Every entity there is, in the order of the alphabet. Changes count for calls that a worker takes on from then on.
         */
        get: operations["listRedactionEntities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/configuration/v1/redaction-entities/{entityId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name of the entity; names that other services give it are understood, the answer has ours
                 * @example CREDIT_CARD_NUMBER
                 */
                entityId: string;
            };
            cookie?: never;
        };
        /** One entity */
        get: operations["getRedactionEntity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Mask an entity in transcripts, or not
         * @description Only `policies` can change, and of those only what an entity has: here `autoTranscribe`, for both participants.
         *     Other policies are ignored. Counts for calls that a worker takes on from then on.
         */
        patch: operations["updateRedactionEntity"];
        trace?: never;
    };
    "/earshot/v1/redaction-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All of what the tenant's transcripts are masked by */
        get: operations["getRedactionPolicy"];
        /**
         * Replace the policy
         * @description Replaces all of it; what is left out takes its default. Counts for calls that a worker takes on from then on.
         */
        put: operations["putRedactionPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation/v1/conversation/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said in a conversation
         * @description Every message of the conversation, all legs of it, in order of time; during the call what there is so far. Up to
         *     1000 messages, the earliest first; where there are more, `nextCursor` continues. Messages are kept for 7 days
         *     after the last activity unless the deployment says otherwise.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The conversation of an external id
         * @description One conversation or none; all legs of a transferred call are one conversation.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * File or change a conversation of another channel
         * @description By `externalId`; what is not told stays as it is.
         */
        post: operations["upsertConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation/v1/conversations/{conversationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation by its id */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation/v1/conversations/{conversationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was said in a conversation, by its id
         * @description As `GET /conversation/v1/conversation/messages`.
         */
        get: operations["listConversationMessages"];
        put?: never;
        /**
         * File a message
         * @description The text is redacted by the policy of the team before it is stored; nothing else of it is kept. Filing the same
         *     message again changes nothing. No webhook is sent.
         */
        post: operations["fileMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation/v1/conversations/{conversationId}/messages/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * File up to 300 messages
         * @description The text is redacted by the policy of the team before it is stored; nothing else of it is kept. Filing the same
         *     message again changes nothing. No webhook is sent. All or none, at most 1048576 bytes.
         */
        post: operations["fileMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation/v1/conversations/{conversationId}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message */
        get: operations["getConversationMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/conversations/{externalId}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A conversation as captions or to be read
         * @description The redacted texts with who said them and when. Without `leg` the times count on the clock from the beginning of
         *     the first leg, so that a pause between legs is seen; with it they are those of that leg's audio. At most 50000
         *     messages; beyond that 422.
         */
        get: operations["getTranscript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of the messages, newest first
         * @description Never holds what was said; `messageId` leads to it.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1042 */
                deliveryId: string;
            };
            cookie?: never;
        };
        /**
         * One delivery with its attempts
         * @description Never holds what was said; the beginning of the target's answer is masked.
         */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/deliveries/{deliveryId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1042 */
                deliveryId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one message again, now
         * @description It comes before later messages of its conversation that still wait, with the `webhook-id` it had. One that waits for
         *     its next attempt is sent at once. 409 `409-01` when it was delivered or its endpoint is disabled.
         */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The endpoints of the app, in the order of their ids */
        get: operations["listEndpoints"];
        put?: never;
        /**
         * Send transcripts to a URL
         * @description Every enabled endpoint of the app gets every message of the app's calls from then on; one with `operationalEvents`
         *     gets the events of the system instead.
         */
        post: operations["createEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/endpoints/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        /** One endpoint */
        get: operations["getEndpoint"];
        put?: never;
        post?: never;
        /** Stop sending and forget the endpoint with its credentials */
        delete: operations["deleteEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change what is named, keep the rest
         * @description `enabled: true` also makes an endpoint active again that was disabled by the answers of its target. `auth` replaces
         *     the strategies as a whole, their secrets included; only a `signature` without `secret` keeps what it has.
         */
        patch: operations["updateEndpoint"];
        trace?: never;
    };
    "/earshot/v1/endpoints/{endpointId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send nothing until it is resumed
         * @description Messages of policy `durable` wait; those of `realtime` go on growing too old and too many. Pausing twice is no error.
         */
        post: operations["pauseEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/endpoints/{endpointId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again after a pause
         * @description Does not enable an endpoint that is disabled: that is `enabled: true`.
         */
        post: operations["resumeEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/endpoints/{endpointId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new signing secret
         * @description Both secrets sign until the overlap is over, so that receivers can change theirs meanwhile. With an overlap still
         *     running the older of its two secrets ends at once. 409 `409-01` without a strategy of type `signature`.
         */
        post: operations["rotateEndpointSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/endpoints/{endpointId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a signed test event now
         * @description One attempt, apart from every lane, also while the endpoint is paused or disabled; it is recorded nowhere. A failed
         *     attempt is an answer with `delivered: false`, the stage it ended at, and what may help.
         */
        post: operations["testEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/endpoints/{endpointId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send messages of this endpoint again
         * @description Of one call, or of a time range. They come in the order of their lane, with the `webhook-id` they had.
         */
        post: operations["replayEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to the endpoints of the app, newest first
         * @description Kept for 90 days. Endpoints with `operationalEvents` get each one by webhook too.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fileexporter/v1/static/listfeeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The feeds there are */
        post: operations["listFeeds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fileexporter/v1/static/listfeedversions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The versions of a feed */
        post: operations["listFeedVersions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fileexporter/v1/static/listfeedformats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The formats of a version */
        post: operations["listFeedFormats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fileexporter/v1/static/listfeeddates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The UTC days that can be had */
        post: operations["listFeedDates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fileexporter/v1/static/listfeedintervals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The hours of a day that can be had */
        post: operations["listFeedIntervals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fileexporter/v1/static/listfeedfiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The files of a day or of an hour of it
         * @description The whole day is one file, built at 02:00 UTC of the next day; an hour without utterances has none.
         */
        post: operations["listFeedFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fileexporter/v1/static/getfeedfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An address a file can be read at
         * @description `url` needs no key and works for 5 minutes; it answers ranges. Which sha256 its bytes have is told by
         *     `GET /earshot/v1/exports/{date}`.
         */
        post: operations["getFeedFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/exports/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A UTC day
                 * @example 2026-11-22
                 */
                date: components["parameters"]["ExportDate"];
            };
            cookie?: never;
        };
        /** What was built of a day, with row counts and checksums */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/exports/{date}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A UTC day
                 * @example 2026-11-22
                 */
                date: components["parameters"]["ExportDate"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Build a day again
         * @description Also a day that was never built, from 02:00 UTC of the next day on; 409 `409-01` before. The same rows give the same bytes under the same names; where
         *     the rows are others, they come as the next revision. 422 `422-01` for a day whose files have expired
         *     (`exportsDays` of `/earshot/v1/retention`); the message names the first day that is kept.
         */
        post: operations["rebuildExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the service works
         * @description Needs a key, no scope. Each app also has `/livez` and `/readyz`, without a key, on its internal port.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of the app, in the order of their ids */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key
         * @description A key gives only scopes it has itself; `transcripts:unredacted` is not part of `admin`.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/keys/{apiId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example ek_8J2mN4qRsT6vWxYz */
                apiId: components["parameters"]["ApiId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Refuse a key from now on
         * @description Every app refuses it with the next request. 409 `409-01` for the key the request is made with.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/keys/{apiId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example ek_8J2mN4qRsT6vWxYz */
                apiId: components["parameters"]["ApiId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a key by a new one
         * @description The new key has an id and a secret of its own, and name, scopes and expiry of the one before, which is refused once the
         *     overlap is over; `lastUsedAt` tells whether anybody still uses it. 409 `409-01` when the key has been rotated, revoked
         *     or has expired.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mg-autotranscribe/v1/start-streaming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start or resume transcription
         * @description Answers as soon as the call is recorded and queued; it never waits for media. What happens later (the stream is
         *     not found, access is denied, no agent track) is read at `GET /earshot/v1/calls/{guid}`.
         *     A start after a stop opens a new session: new stream ids, time zero again at 0.
         */
        post: operations["startStreaming"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mg-autotranscribe/v1/stop-streaming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause or end transcription
         * @description Answers when the media up to this moment is transcribed and handed to delivery, or after 5 s with the counts so
         *     far. A participant of whom no audio ever came has status 4080, and the response `isOk: false`.
         */
        post: operations["stopStreaming"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/calls/{guid}/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was recorded of a call
         * @description A recording for each session (leg) whose start allowed it with `audioRecordingAllowed: true`, oldest first. 404 is for
         *     calls that are not there; of a call that is there and was not recorded the list is empty.
         */
        get: operations["listRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/calls/{guid}/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A recording as a file
         * @description Both sides of a leg, 8 kHz 16-bit, silent where the transcript is redacted.
         *
         *     - `mkv`: Matroska with a PCM track for each side (`AUDIO_FROM_CUSTOMER`, `AUDIO_TO_CUSTOMER`) and a subtitle track for
         *       each speaker, which hold the redacted messages. The `ETag` is the sha256 of the file.
         *     - `wav`: stereo, the customer left and the agent right; written while it is read.
         *
         *     `HEAD` answers the same without the file. A `Range` of bytes is answered with 206, several at once with the whole;
         *     `If-Range` and `If-None-Match` take the `ETag`. 409 `409-01` with `Retry-After` while the leg runs or its file is being
         *     written; 404 where nothing was recorded, or where writing it failed.
         */
        get: operations["getRecording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/conversations/{externalId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `guid` of its calls
                 * @example 8c259fea-8764-4a92-adc4-73572e9cf016
                 */
                externalId: components["parameters"]["ErasedConversation"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase a conversation
         * @description Messages, sealed raw words, deliveries with their attempts, recordings, and what was remembered for redaction are deleted at once;
         *     exported days that held the conversation are written anew. It is unknown afterwards. 409 `409-01` while a call of it
         *     runs, or while it is held. 404 names the receipt where it was erased before.
         */
        delete: operations["eraseConversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/conversations/{externalId}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `guid` of its calls
                 * @example 8c259fea-8764-4a92-adc4-73572e9cf016
                 */
                externalId: components["parameters"]["ErasedConversation"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Keep a conversation whatever its age
         * @description Neither its age nor a request erases it until the hold is lifted. A hold that is there stays as it is.
         */
        put: operations["placeHold"];
        post?: never;
        /** Let a conversation age again */
        delete: operations["liftHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/customers/{customerExternalId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example TT9833237 */
                customerExternalId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase every conversation a customer took part in
         * @description As of a single conversation, for up to 100 at a time: ask again while `complete` is false. Nothing of them is erased
         *     while one runs or is held (409 `409-01`). A conversation of another channel that was filed for one customer and later
         *     for another is found by the later one.
         */
        delete: operations["eraseCustomer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Receipts of erasures, the newest leading
         * @description Names those whose answer was lost too. Each tells what it tells when it is asked for by its id: neither who nor what was
         *     erased is kept. `at` is when the erasure was asked for; one that is under way is not among them.
         */
        get: operations["listErasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/erasures/{erasureId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0b8f7f0e-50c5-4f4a-9e0a-8a3e0c7d5a10 */
                erasureId: string;
            };
            cookie?: never;
        };
        /**
         * A receipt, and whether it is as it was given
         * @description The digest is made again with the key of the deployment. Compare it with that of the receipt you hold.
         */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long what is kept */
        get: operations["getRetention"];
        /**
         * Choose how long what is kept
         * @description Counts at once for what is stored already.
         */
        put: operations["putRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/retention/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations on legal hold, those that began first leading */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/retention/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much was erased on which day, and since when the rest is kept
         * @description Rows are counted as they are erased, once, by the day (UTC) of that; numbers are all that is remembered of them, for the
         *     days of the audit. Counting began with the release that brought it. Up to 366 days at a time.
         */
        get: operations["getRetentionCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/earshot/v1/speech-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What turns speech into text
         * @description The engine of calls that name none, and every engine this deployment offers with what it can do.
         */
        get: operations["getSpeechSettings"];
        /**
         * Choose what turns speech into text
         * @description Counts for calls that start from then on; a call under way keeps its engine.
         */
        put: operations["putSpeechSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    operationalEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Something happened to an endpoint of the app
         * @description POSTed to enabled endpoints with `operationalEvents: true`, with their credentials and signature. Any 2xx is success.
         *     Tried up to 8 times within about a day; in no promised order, and `webhook-id` is the id of the event.
         */
        post: operations["operationalEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What `POST /earshot/v1/endpoints/{endpointId}/test` sends
         * @description Once, with the credentials and the signature of real messages and without `earshot-sequence`.
         */
        post: operations["test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    transcript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * One complete utterance of one participant
         * @description POSTed to every enabled endpoint while the call goes on, in order within a conversation. Any 2xx is success;
         *     redirects are failures and are not followed.
         */
        post: operations["transcript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    partial: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The words so far of an utterance that is not finished
         * @description Only to endpoints with `partials`. Best effort and sent once: what is older than 2 s is thrown away, as is
         *     everything but the newest of an utterance while a POST of it is under way. A later partial with the same
         *     `streamId` and `start` replaces the one before, and so does the `transcript`, after which none is sent. It has no
         *     `earshot-sequence` and waits for nothing and nobody.
         */
        post: operations["partial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description Data of the event `message` */
        LiveMessage: components["schemas"]["ConversationMessage"] & {
            streamId?: string;
            /** @description ms from the start of the audio of the session */
            startMs?: number;
            endMs?: number;
        };
        /** @description Data of the event `partial` */
        LivePartial: {
            streamId: string;
            sender: {
                /** @enum {string} */
                role: "agent" | "customer";
                externalId: string;
            };
            /** @description ms from the start of the audio of the session */
            startMs: number;
            /** @description How far it has been heard */
            endMs: number;
            /** @description Redacted; of a long utterance, its end */
            text: string;
            /** @description 1, 2, ... of one `streamId` and `startMs` */
            revision: number;
        };
        /** @description Data of the event `end` */
        LiveEnd: {
            /** Format: uuid */
            sessionId: string;
            callState: components["schemas"]["SessionState"];
        };
        /**
         * @description `queued` accepted, no worker yet; `live` being transcribed; `stopping` a stop was asked for; `ended` over
         * @enum {string}
         */
        SessionState: "queued" | "live" | "stopping" | "ended";
        CallStream: {
            /** @enum {string} */
            role: "customer" | "agent";
            streamId: string;
            /** @description `customerId` or `agentId` of the start */
            externalId: string;
            summary: components["schemas"]["StreamSummary"];
        };
        /** @description Why a session ended badly and what to do about it */
        EndedDetail: {
            /** @description `area.reason`, stable */
            code: string;
            cause: string;
            remedy: string;
        };
        /** @description Missing media of one side, by the media's own clock */
        MediaHoles: {
            count: number;
            /** @description Milliseconds in all */
            totalMs: number;
            /** @description Milliseconds of the longest */
            longestMs: number;
        };
        MediaHolesBySide: {
            customer: components["schemas"]["MediaHoles"];
            agent: components["schemas"]["MediaHoles"];
        };
        /** @description What went wrong with the media and what to do about it */
        MediaTrouble: {
            /** @description `area.reason`, stable */
            code: string;
            cause: string;
            remedy: string;
            /**
             * Format: date-time
             * @description When it was last met
             */
            at: string;
        };
        /**
         * @description What the media of the session was like so far, over all its connections and workers; renewed about once a
         *     second, also while nothing comes. Counts only ever grow.
         */
        MediaReport: {
            /** @description Sides that had a track in the stream */
            rolesSeen: ("customer" | "agent")[];
            /** @description Fragments of the call heard to their end (about one a second) */
            fragmentCount: number;
            /** @description Fragments that came again after a reconnect and were dropped */
            duplicateFragmentCount: number;
            /** @description Places where the media could not be read */
            damageCount: number;
            /** @description Holes of up to 2 seconds, filled with silence of the same length */
            filledSilence: components["schemas"]["MediaHolesBySide"];
            /** @description Longer holes; speech ends before them and the clock jumps */
            gaps: components["schemas"]["MediaHolesBySide"];
            /**
             * @description Connections opened again, by why the one before was given up: `body-ended` (also the usual end after about
             *     45 minutes), `truncated`, `cut`, `stalled`, `silent`, `refused`
             */
            reconnects: {
                [key: string]: number;
            };
            /** @description How often a worker went on with the session after another */
            takeOverCount: number;
            /** @description Milliseconds that the last fragment was behind the newest of the stream */
            behindNowMs?: number;
            /**
             * Format: date-time
             * @description When the last fragment had been heard
             */
            lastFragmentAt?: string;
            lastFragmentNumber?: string;
            lastTrouble?: components["schemas"]["MediaTrouble"];
        };
        /** @description What turns the speech of the session into text; absent for sessions of earlier releases */
        SpeechReport: {
            /** @description Chosen at the start, by the request, the tenant or the deployment */
            engine: string;
            /** @description Utterances that the local engine heard, since the chosen one failed */
            fallback: {
                count: number;
                /** @description Code of the last failure; `circuit-open` where the engine was not asked after several */
                lastReason?: string;
            };
        };
        CallSession: {
            /** Format: uuid */
            sessionId: string;
            /** @description 1 for the first start of the call, 2 for the next */
            ordinal: number;
            state: components["schemas"]["SessionState"];
            /**
             * Format: date-time
             * @description When the start was accepted; `NOW` means this
             */
            acceptedAt: string;
            /**
             * Format: date-time
             * @description When a stop was asked for
             */
            stopAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /** @enum {string} */
            endedReason?: "stopped" | "contact-changed" | "media-ended" | "failed";
            endedDetail?: components["schemas"]["EndedDetail"];
            /** @description Whether the contact id in the media is the guid of the start; absent until media came */
            contactIdMatchesGuid?: boolean;
            media?: components["schemas"]["MediaReport"];
            speech?: components["schemas"]["SpeechReport"];
            streams: components["schemas"]["CallStream"][];
        };
        Call: {
            guid: components["schemas"]["Guid"];
            state: components["schemas"]["SessionState"];
            /** @description Oldest first; `state` of the call is the state of the last one */
            sessions: components["schemas"]["CallSession"][];
        };
        RedactionEntity: {
            id: string;
            description: string;
            policies: components["schemas"]["RedactionEntityPolicies"];
        };
        /**
         * @description Where the entity is masked. Entities here have `autoTranscribe`; the others belong to products with chat or
         *     stored audio, are ignored in a request and absent in an answer.
         */
        RedactionEntityPolicies: {
            customerImmediate?: boolean;
            customerDelayed?: boolean;
            agentImmediate?: boolean;
            /** @description In transcripts. True in an answer when it is masked for both participants */
            autoTranscribe?: boolean;
            voice?: boolean;
        };
        UpdateRedactionEntityBody: {
            policies: components["schemas"]["RedactionEntityPolicies"];
        };
        RedactionEntityPage: {
            redactionEntities: components["schemas"]["RedactionEntity"][];
            /** @description Null on the last page */
            nextCursor: string | null;
            /** @description Null on the first page */
            prevCursor: string | null;
        };
        /**
         * @description `balanced` masks an entity where a cue, a checksum or a question of the call speaks for it; `entities` that are
         *     left out are those on by default. `strict` also masks every run of three or more digits that is no amount, date
         *     or time; `entities` that are left out are all there are. `custom` judges as `balanced` does, and masks what
         *     `entities` and `customRules` say and nothing else.
         * @enum {string}
         */
        RedactionMode: "strict" | "balanced" | "custom";
        /**
         * @description `hash`: one `#` for each digit of a number and each letter or digit of all else. `label`: `[PIN]`
         * @enum {string}
         */
        RedactionMask: "hash" | "label";
        RedactionEntityNames: string[];
        /** @description What is masked in the words of each participant */
        RedactionRoleEntities: {
            customer: components["schemas"]["RedactionEntityNames"];
            agent: components["schemas"]["RedactionEntityNames"];
        };
        RedactionCustomRule: {
            /** @description Unique, and no name of an entity; the mask of `label` shows it */
            name: string;
            /**
             * @description A regular expression in RE2 syntax, without regard to letter case; what it matches is masked for both
             *     participants. Matched in time linear in the length of the text: no look-around, no backreferences.
             */
            pattern: string;
        };
        RedactionCustomRules: components["schemas"]["RedactionCustomRule"][];
        PutRedactionPolicyBody: {
            mode: components["schemas"]["RedactionMode"];
            /** @description Default `hash` */
            mask?: components["schemas"]["RedactionMask"];
            /** @description Required with mode `custom` */
            entities?: components["schemas"]["RedactionRoleEntities"];
            /** @description Default none */
            customRules?: components["schemas"]["RedactionCustomRules"];
        };
        RedactionPolicy: {
            mode: components["schemas"]["RedactionMode"];
            mask: components["schemas"]["RedactionMask"];
            entities: components["schemas"]["RedactionRoleEntities"];
            customRules: components["schemas"]["RedactionCustomRules"];
            /** @description The deployment always redacts; masking cannot be switched off for a participant */
            forced: boolean;
            /** @description Grows by one with each change; 0 when the tenant never chose */
            revision: number;
            /**
             * Format: date-time
             * @description Null when the tenant never chose
             */
            updatedAt: string | null;
        };
        /** @description 1 to 40 characters with at least one letter or digit among them, no control characters */
        VocabularyText: string;
        CreateCustomVocabularyBody: {
            /** @description As it should be written */
            phrase: components["schemas"]["VocabularyText"];
            /** @description How it may be heard, in ordinary spelling; may be empty */
            soundsLike: components["schemas"]["VocabularyText"][];
        };
        CustomVocabulary: {
            id: string;
            phrase: string;
            soundsLike: string[];
        };
        CustomVocabularyPage: {
            customVocabularies: components["schemas"]["CustomVocabulary"][];
            /** @description Null on the last page */
            nextCursor: string | null;
            /** @description Null on the first page */
            prevCursor: string | null;
        };
        ConversationParty: {
            externalId: string;
            name?: string;
        };
        Conversation: {
            id: string;
            externalId: string;
            customer: components["schemas"]["ConversationParty"];
            agent?: components["schemas"]["ConversationParty"];
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description UTC where no zone is told */
        FiledTimestamp: string;
        UpsertConversationBody: {
            externalId: string;
            /** @description Accepted and not used */
            id?: string;
            customer: components["schemas"]["ConversationParty"];
            agent?: components["schemas"]["ConversationParty"];
            /** @description Kept as told, not redacted */
            metadata?: {
                [key: string]: string;
            };
            timestamp: components["schemas"]["FiledTimestamp"];
        };
        FileMessageBody: {
            text: string;
            sender: {
                /** @enum {string} */
                role: "agent" | "customer" | "system";
                externalId: string;
            };
            timestamp: components["schemas"]["FiledTimestamp"];
        };
        FileMessagesBody: {
            messages: components["schemas"]["FileMessageBody"][];
        };
        FiledId: {
            id: string;
        };
        ConversationList: {
            items: components["schemas"]["Conversation"][];
        };
        Transcript: {
            externalId: string;
            conversationId: string;
            legs: {
                leg: number;
                /** Format: uuid */
                sessionId: string;
                /** @description Where the audio of the leg begins on the clock of the lines */
                startMs: number;
                /** Format: date-time */
                startedTimestamp: string;
            }[];
            lines: components["schemas"]["TranscriptLine"][];
        };
        TranscriptLine: {
            messageId: string;
            /** @enum {string} */
            role: "agent" | "customer" | "system";
            /** @description The name of the participant, else the role */
            speaker: string;
            text: string;
            startMs: number;
            endMs: number;
            /** @description Absent for what was written */
            leg?: number;
        };
        ConversationMessage: {
            /** @description The redacted form, whatever the call asked for */
            text: string;
            sender: {
                /** @enum {string} */
                role: "agent" | "customer" | "system";
                externalId?: string | null;
            };
            /** @description ULID */
            messageId: string;
            /**
             * Format: date-time
             * @description When the message was stored
             */
            createdTimestamp: string;
            /**
             * Format: date-time
             * @description When the utterance began
             */
            clientTimestamp: string;
            /**
             * @description The form without masks: only for calls started with `unredacted` or `redacted_and_unredacted`, and only for keys
             *     with scope `transcripts:unredacted`, which `admin` does not include
             */
            unredactedText?: string;
        };
        ConversationMessages: {
            items: components["schemas"]["ConversationMessage"][];
            /** @description Present when there are more messages */
            nextCursor?: string;
        };
        /**
         * @description `pending` waits or is being sent; `delivered` the target answered 2xx; `failed` it did not, policy `realtime`;
         *     `dead` it never did, policy `durable`; `dropped` never sent, for example since too many or too old messages were
         *     waiting
         * @enum {string}
         */
        DeliveryState: "pending" | "delivered" | "failed" | "dropped" | "dead";
        Delivery: {
            id: string;
            endpointId: string;
            guid: components["schemas"]["Guid"];
            messageId: string;
            /** @description As in the header `earshot-sequence` */
            sequence: number;
            state: components["schemas"]["DeliveryState"];
            attempts: number;
            /** @description HTTP status of the last answer; absent when there was none */
            lastStatus?: number;
            /** @description Why the last attempt failed; never the body of the answer */
            lastError?: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Only in state `delivered`
             */
            deliveredAt?: string;
        };
        /** @description One POST */
        DeliveryAttempt: {
            attempt: number;
            /** Format: date-time */
            attemptedAt: string;
            durationMs: number;
            /** @description HTTP status of the answer; absent when there was none */
            status?: number;
            /** @description For example `webhook.timeout`; absent when it was delivered */
            errorCode?: string;
            /** @description What went wrong */
            detail?: string;
            /** @description The beginning of the answer; secrets and longer numbers are masked */
            responsePreview?: string;
        };
        DeliveryDetail: components["schemas"]["Delivery"] & {
            /**
             * Format: date-time
             * @description Only while it waits for it
             */
            nextAttemptAt?: string;
            /**
             * Format: date-time
             * @description When it was last asked for again
             */
            replayedAt?: string;
            /** @description The newest 100, oldest first */
            attemptList: components["schemas"]["DeliveryAttempt"][];
        };
        DeliveryPage: {
            items: components["schemas"]["Delivery"][];
            /** @description Present when there are more */
            nextCursor?: string;
        };
        /** @description Name of the header or of the query parameter */
        SecretName: string;
        /** @description Stored sealed and never given out again */
        SecretText: string;
        /** @description PEM text */
        Pem: string;
        CertificateFacts: {
            subject: string;
            issuer: string;
            /** Format: date-time */
            notAfter: string;
            /** @description Whole days until then, negative when it has passed */
            daysLeft: number;
            /** @description Fingerprint of the DER form, lower-case hex */
            sha256: string;
        };
        /**
         * @description How the token server knows us: `basic` and `post` with `clientSecret`, `private_key_jwt` with `privateKey`, `tls` with
         *     the certificate of the strategy `mtls`
         * @enum {string}
         */
        ClientAuthentication: "basic" | "post" | "private_key_jwt" | "tls";
        /** A secret in a header or query parameter */
        EndpointSecretInput: {
            /** @enum {string} */
            type: "secret";
            name: components["schemas"]["SecretName"];
            /** @enum {string} */
            in: "header" | "query";
            value: components["schemas"]["SecretText"];
        };
        /**
         * Authorities of the target's own
         * @description No other authority is trusted for the target then
         */
        EndpointCaInput: {
            /** @enum {string} */
            type: "ca";
            certificates: components["schemas"]["Pem"];
        };
        /** A client certificate */
        EndpointMtlsInput: {
            /** @enum {string} */
            type: "mtls";
            /** @description PEM: the client certificate, then each issuer of the one before */
            certificate: string;
            privateKey: components["schemas"]["Pem"];
            /** @description Of an encrypted private key */
            passphrase?: string;
        };
        /** OAuth2 client credentials */
        EndpointOAuth2Input: {
            /** @enum {string} */
            type: "oauth2";
            /** Format: uri */
            tokenUrl: string;
            clientId: string;
            clientAuthentication: components["schemas"]["ClientAuthentication"];
            clientSecret?: components["schemas"]["SecretText"];
            privateKey?: components["schemas"]["Pem"];
            /** @description `kid` of the assertion */
            keyId?: string;
            scope?: string;
            audience?: string;
        };
        /**
         * A signature of each message
         * @description Standard Webhooks 1.0, `v1`
         */
        EndpointSignatureInput: {
            /** @enum {string} */
            type: "signature";
            /** @description Made, and shown once, when absent */
            secret?: string;
        };
        /** @description What is sent with each POST; secrets are stored sealed and never given out again */
        EndpointAuthInput: components["schemas"]["EndpointSecretInput"] | components["schemas"]["EndpointCaInput"] | components["schemas"]["EndpointMtlsInput"] | components["schemas"]["EndpointOAuth2Input"] | components["schemas"]["EndpointSignatureInput"];
        /**
         * @description One strategy, or up to 8 that work together; only `secret` may stand there more than once. Certificates and keys are
         *     looked at when they are given.
         */
        EndpointAuthInputs: components["schemas"]["EndpointAuthInput"] | components["schemas"]["EndpointAuthInput"][];
        EndpointSecret: {
            /** @enum {string} */
            type: "secret";
            name: components["schemas"]["SecretName"];
            /** @enum {string} */
            in: "header" | "query";
        };
        EndpointCa: {
            /** @enum {string} */
            type: "ca";
            certificates: components["schemas"]["CertificateFacts"][];
        };
        EndpointMtls: {
            /** @enum {string} */
            type: "mtls";
            certificate: components["schemas"]["CertificateFacts"];
        };
        EndpointOAuth2: {
            /** @enum {string} */
            type: "oauth2";
            /** Format: uri */
            tokenUrl: string;
            clientId: string;
            clientAuthentication: components["schemas"]["ClientAuthentication"];
            keyId?: string;
            scope?: string;
            audience?: string;
        };
        EndpointSignature: {
            /** @enum {string} */
            type: "signature";
            /**
             * Format: date-time
             * @description Until when the secret before the current one signs too
             */
            previousUntil?: string;
        };
        /** @description What is sent with each POST, without its secrets */
        EndpointAuth: components["schemas"]["EndpointSecret"] | components["schemas"]["EndpointCa"] | components["schemas"]["EndpointMtls"] | components["schemas"]["EndpointOAuth2"] | components["schemas"]["EndpointSignature"];
        EndpointName: string;
        /**
         * Format: uri
         * @description Absolute https URL of a public host, without user name and password. Plain http and other hosts only where the
         *     deployment allows them.
         */
        EndpointUrl: string;
        /**
         * @description `realtime`: one attempt, in order; a failed message is recorded and dropped. `durable`: at least once, in strict order per
         *     conversation, tried again after 1, 3, 10, 30 s, 2, 10, 30 min, 2, 6 and 24 h, a dead letter after that. Status 410
         *     disables the endpoint with either.
         * @default realtime
         * @enum {string}
         */
        DeliveryPolicy: "realtime" | "durable";
        /**
         * @description Most messages that may wait; beyond it the oldest are dropped and counted
         * @default 100
         */
        PendingMax: number;
        /**
         * @description Longest a message may wait; after it the oldest are dropped and counted
         * @default 30000
         */
        PendingAgeMaxMs: number;
        /**
         * @description Longest the target may take to answer
         * @default 5000
         */
        TimeoutMs: number;
        /**
         * @description Whether the endpoint also gets the words of utterances that are not finished: the webhook `partial`. Best effort,
         *     redacted, once, never in the way of a `transcript` and never after it.
         * @default false
         */
        WantsPartials: boolean;
        /**
         * @description With policy `durable`, what a message that fails does to those behind it in its conversation: hold them up until it is
         *     delivered or given up, or become a dead letter after `skipAfterAttempts`
         * @default block
         * @enum {string}
         */
        HeadOfLine: "block" | "skip-after-attempts";
        /** @default 5 */
        SkipAfterAttempts: number;
        /** @description Most POSTs to it under way at once; absent, what the deployment says */
        InFlightMax: number;
        /** @description Most POSTs to it per second; absent, no limit */
        RatePerSecondMax: number;
        /**
         * @description Whether it gets the events of the system instead of transcripts
         * @default false
         */
        WantsOperationalEvents: boolean;
        /**
         * @description Whether anything is sent to the target: `open` not, since too much failed; `half-open` one message at a time, to see
         *     whether it recovered
         */
        Circuit: {
            /** @enum {string} */
            state: "closed" | "open" | "half-open";
            /** Format: date-time */
            openedAt?: string;
            /**
             * Format: date-time
             * @description When the next message is tried
             */
            nextProbeAt?: string;
        };
        CreateEndpointBody: {
            name: components["schemas"]["EndpointName"];
            url: components["schemas"]["EndpointUrl"];
            /** @default true */
            enabled?: boolean;
            policy?: components["schemas"]["DeliveryPolicy"];
            pendingMax?: components["schemas"]["PendingMax"];
            pendingAgeMaxMs?: components["schemas"]["PendingAgeMaxMs"];
            timeoutMs?: components["schemas"]["TimeoutMs"];
            partials?: components["schemas"]["WantsPartials"];
            headOfLine?: components["schemas"]["HeadOfLine"];
            skipAfterAttempts?: components["schemas"]["SkipAfterAttempts"];
            inFlightMax?: components["schemas"]["InFlightMax"];
            ratePerSecondMax?: components["schemas"]["RatePerSecondMax"];
            operationalEvents?: components["schemas"]["WantsOperationalEvents"];
            auth?: components["schemas"]["EndpointAuthInputs"];
        };
        UpdateEndpointBody: {
            name?: components["schemas"]["EndpointName"];
            url?: components["schemas"]["EndpointUrl"];
            enabled?: boolean;
            policy?: components["schemas"]["DeliveryPolicy"];
            pendingMax?: components["schemas"]["PendingMax"];
            pendingAgeMaxMs?: components["schemas"]["PendingAgeMaxMs"];
            timeoutMs?: components["schemas"]["TimeoutMs"];
            partials?: components["schemas"]["WantsPartials"];
            headOfLine?: components["schemas"]["HeadOfLine"];
            skipAfterAttempts?: components["schemas"]["SkipAfterAttempts"];
            /** @description Null goes back to what the deployment says */
            inFlightMax?: number | null;
            /** @description Null takes the limit away */
            ratePerSecondMax?: number | null;
            operationalEvents?: components["schemas"]["WantsOperationalEvents"];
            /** @description Replaces all strategies; null or an empty list removes them */
            auth?: components["schemas"]["EndpointAuthInputs"] | null;
        };
        Endpoint: {
            /** Format: uuid */
            id: string;
            name: components["schemas"]["EndpointName"];
            url: components["schemas"]["EndpointUrl"];
            /** @description Whether messages are made for it */
            enabled: boolean;
            /**
             * @description `disabled` when `enabled` is false, else `paused` between pause and resume
             * @enum {string}
             */
            state: "active" | "paused" | "disabled";
            /** @description Why the system disabled it, for example since the target answered 410 */
            stateReason?: string;
            /**
             * Format: date-time
             * @description Since when it is paused
             */
            pausedAt?: string;
            policy: components["schemas"]["DeliveryPolicy"];
            pendingMax: components["schemas"]["PendingMax"];
            pendingAgeMaxMs: components["schemas"]["PendingAgeMaxMs"];
            timeoutMs: components["schemas"]["TimeoutMs"];
            partials: components["schemas"]["WantsPartials"];
            headOfLine: components["schemas"]["HeadOfLine"];
            skipAfterAttempts: components["schemas"]["SkipAfterAttempts"];
            inFlightMax?: components["schemas"]["InFlightMax"];
            ratePerSecondMax?: components["schemas"]["RatePerSecondMax"];
            operationalEvents: components["schemas"]["WantsOperationalEvents"];
            /** @description In the order they are applied; empty without any */
            auth: components["schemas"]["EndpointAuth"][];
            circuit: components["schemas"]["Circuit"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        EndpointWithSecret: components["schemas"]["Endpoint"] & {
            /** @description The signing secret that was made by this request; keep it, it is never shown again */
            signingSecret?: string;
        };
        EndpointPage: {
            items: components["schemas"]["Endpoint"][];
            /** @description Present when there are more */
            nextCursor?: string;
        };
        /**
         * @description How long the one before goes on working
         * @default 86400
         */
        OverlapSeconds: number;
        RotateBody: {
            overlapSeconds?: components["schemas"]["OverlapSeconds"];
        };
        EndpointTest: {
            /** @description Whether the target answered 2xx */
            delivered: boolean;
            /** @description HTTP status of the answer; absent when none came */
            status?: number;
            durationMs: number;
            /**
             * @description How far it came: `url` may not be called, `dns` the name has no address, `connect` nothing listens, `tls` no
             *     certificate that is trusted or accepted, `token` no token, `request` not sent, `response` answered
             * @enum {string}
             */
            stage: "url" | "dns" | "connect" | "tls" | "token" | "request" | "response";
            /** @description What went wrong; absent when delivered */
            error?: string;
            /** @description What may help */
            remedy?: string;
            /** @description The beginning of an answer that is not 2xx; secrets and longer numbers are masked */
            responsePreview?: string;
            certificate?: components["schemas"]["CertificateFacts"];
        };
        /** @enum {string} */
        ReplayState: "failed" | "dropped" | "dead";
        /** @description Either `guid`, or `from` and `to` */
        ReplayBody: {
            guid?: components["schemas"]["Guid"];
            /**
             * Format: date-time
             * @description Messages made from this instant on
             */
            from?: string;
            /**
             * Format: date-time
             * @description And before this one
             */
            to?: string;
            /** @description Only messages in these states; default all of them */
            states?: components["schemas"]["ReplayState"][];
        };
        ReplayResult: {
            replayed: number;
            /** @description False when there are more than one request takes up; ask for the rest with the same body */
            complete: boolean;
        };
        /** @description Every error of a compatible path */
        ErrorEnvelope: {
            error: {
                /** @description Unique for each failing request */
                requestId: string;
                /** @description What was wrong; for a validation error the JSON pointer and what is accepted there */
                message: string;
                /** @description HTTP status, a dash, and what happened within that status */
                code: string;
            };
        };
        /** @description Every error of a path under `/earshot/v1` (RFC 9457) */
        Problem: {
            /** @description Always `about:blank`; branch on `code` */
            type: string;
            /** @description The name of the HTTP status */
            title: string;
            status: number;
            /** @description What was wrong with this request */
            detail?: string;
            code: string;
            requestId: string;
            /** @description Each field that was not accepted */
            problems?: {
                /** @description JSON pointer into the request body or the query parameter */
                pointer: string;
                /** @description What is accepted there */
                message: string;
            }[];
        };
        /**
         * @description `endpoint.disabled` the system disabled it; `endpoint.circuit-opened` nothing is sent for a while, since too much
         *     failed; `endpoint.circuit-closed` it recovered; `endpoint.certificate-expiring` 30, 7 and 1 days before the end of a
         *     certificate it was given; `delivery.dead` a message was given up, told at most once a minute
         * @enum {string}
         */
        OperationalEventType: "endpoint.disabled" | "endpoint.circuit-opened" | "endpoint.circuit-closed" | "endpoint.certificate-expiring" | "delivery.dead";
        /** @description What is known of it, by type */
        OperationalEventData: {
            /** @description The endpoint it happened to */
            endpointId: string;
            /** @description Its name */
            name: string;
            /** @description With `endpoint.disabled` */
            reason?: string;
            /**
             * Format: date-time
             * @description With `endpoint.circuit-opened` and `-closed`
             */
            openedAt?: string;
            /**
             * Format: date-time
             * @description With `endpoint.circuit-opened`
             */
            nextProbeAt?: string;
            /** @description With `endpoint.certificate-expiring` */
            daysLeft?: number;
            /**
             * @description With `endpoint.certificate-expiring`
             * @enum {string}
             */
            strategy?: "ca" | "mtls";
            certificate?: components["schemas"]["CertificateFacts"];
            /** @description With `delivery.dead`, as the three below */
            deliveryId?: string;
            attempts?: number;
            lastStatus?: number;
            lastError?: string;
        };
        OperationalEvent: {
            /** @description The same wherever and however often it is told */
            id: string;
            type: components["schemas"]["OperationalEventType"];
            /** Format: date-time */
            timestamp: string;
            data: components["schemas"]["OperationalEventData"];
        };
        OperationalEventPage: {
            items: components["schemas"]["OperationalEvent"][];
            /** @description Present when there are more */
            nextCursor?: string;
        };
        TestEvent: {
            /** @enum {string} */
            type: "test";
            id: string;
            /** Format: date-time */
            timestamp: string;
            data: {
                endpointId: string;
                name: string;
            };
        };
        ListFeedsResponse: {
            feeds: string[];
        };
        ListFeedVersionsBody: {
            /** @description `utterances` */
            feed: string;
        };
        ListFeedVersionsResponse: {
            /** @description As it was sent */
            feed: string;
            versions: string[];
        };
        ListFeedFormatsBody: {
            /** @description `utterances` */
            feed: string;
            /** @description `1`, or `version=1` */
            version: string;
        };
        ListFeedFormatsResponse: {
            /** @description As it was sent */
            feed: string;
            /** @description As it was sent */
            version: string;
            formats: string[];
        };
        ListFeedDatesBody: {
            /** @description `utterances` */
            feed: string;
            /** @description `1`, or `version=1` */
            version: string;
            /** @description `jsonl`, `csv` or `parquet`, or `format=jsonl` */
            format: string;
        };
        ListFeedDatesResponse: {
            /** @description As it was sent */
            feed: string;
            /** @description As it was sent */
            version: string;
            /** @description As it was sent */
            format: string;
            dates: string[];
        };
        ListFeedIntervalsBody: {
            /** @description `utterances` */
            feed: string;
            /** @description `1`, or `version=1` */
            version: string;
            /** @description `jsonl`, `csv` or `parquet`, or `format=jsonl` */
            format: string;
            /** @description A UTC day as listed, or `dt=2026-11-22` */
            date: string;
        };
        ListFeedIntervalsResponse: {
            /** @description As it was sent */
            feed: string;
            /** @description As it was sent */
            version: string;
            /** @description As it was sent */
            format: string;
            /** @description As it was sent */
            date: string;
            intervals: string[];
        };
        ListFeedFilesBody: {
            /** @description `utterances` */
            feed: string;
            /** @description `1`, or `version=1` */
            version: string;
            /** @description `jsonl`, `csv` or `parquet`, or `format=jsonl` */
            format: string;
            /** @description A UTC day as listed, or `dt=2026-11-22` */
            date: string;
            /** @description An hour as listed; without it the files are those of the whole day */
            interval?: string;
        };
        ListFeedFilesResponse: {
            /** @description As it was sent */
            feed: string;
            /** @description As it was sent */
            version: string;
            /** @description As it was sent */
            format: string;
            /** @description As it was sent */
            date: string;
            /** @description As it was sent */
            interval?: string;
            files: string[];
        };
        GetFeedFileBody: {
            /** @description `utterances` */
            feed: string;
            /** @description `1`, or `version=1` */
            version: string;
            /** @description `jsonl`, `csv` or `parquet`, or `format=jsonl` */
            format: string;
            /** @description A UTC day as listed, or `dt=2026-11-22` */
            date: string;
            /** @description As listed for the same date and interval */
            fileName: string;
            /** @description An hour as listed; without it the files are those of the whole day */
            interval?: string;
        };
        GetFeedFileResponse: {
            /** @description As it was sent */
            feed: string;
            /** @description As it was sent */
            version: string;
            /** @description As it was sent */
            format: string;
            /** @description As it was sent */
            date: string;
            /** @description As it was sent */
            fileName: string;
            /** @description As it was sent */
            interval?: string;
            /** Format: uri */
            url: string;
        };
        ExportRebuild: {
            date: string;
            /** @enum {string} */
            state: "waiting";
        };
        ExportManifest: {
            /** @constant */
            feed: "utterances";
            /** @constant */
            version: "1";
            date: string;
            /**
             * @description `open`: hours of it are there; `closed`: the whole day is
             * @enum {string}
             */
            state: "waiting" | "building" | "open" | "closed";
            /** @description Rows that the build under way, or the last one, has written */
            rowsWritten: number;
            /** @description The day, then its hours */
            units: components["schemas"]["ExportUnit"][];
        };
        ExportUnit: {
            /** @description An hour such as `hr=13`; absent for the whole day */
            interval?: string;
            /** @description Another one for other rows */
            revision: number;
            /**
             * Format: date-time
             * @description What was stored until then is in it
             */
            closedAt: string;
            /** Format: date-time */
            builtAt: string;
            rowCount: number;
            /** @description Rows stored after the revision before was closed */
            lateRowCount: number;
            files: components["schemas"]["ExportFile"][];
        };
        ExportFile: {
            /** @enum {string} */
            format: "jsonl" | "csv" | "parquet";
            fileName: string;
            rowCount: number;
            byteCount: number;
            /** @description 64 hexadecimal digits */
            sha256: string;
        };
        Health: {
            /** @enum {string} */
            healthCheck: "SUCCESS" | "FAILED";
        };
        /**
         * @description `admin` stands for every scope but `transcripts:unredacted`
         * @enum {string}
         */
        Scope: "stream:write" | "messages:read" | "transcripts:unredacted" | "transcripts:partial" | "export:read" | "recordings:read" | "webhooks:admin" | "admin";
        CreateKeyBody: {
            name: string;
            scopes: components["schemas"]["Scope"][];
            /**
             * Format: date-time
             * @description From then on it is refused; default never
             */
            expiresAt?: string;
        };
        ApiKey: {
            /** @description Goes with the secret; may be shown */
            apiId: string;
            /** @description Empty for a key the system made */
            name: string;
            scopes: components["schemas"]["Scope"][];
            /**
             * @description `retiring`: replaced by another key, and accepted until `revokedAt`
             * @enum {string}
             */
            state: "active" | "retiring" | "revoked" | "expired";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description From when on it is refused
             */
            revokedAt?: string;
            /**
             * Format: date-time
             * @description Up to a minute old; absent when never used
             */
            lastUsedAt?: string;
        };
        ApiKeyWithSecret: components["schemas"]["ApiKey"] & {
            /** @description Shown this once */
            apiSecret: string;
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            /** @description Present when there are more */
            nextCursor?: string;
        };
        /**
         * @description Where the audio comes from. Only `amazonconnect` is enabled; the others answer `400-201`.
         * @enum {string}
         */
        Namespace: "siprec" | "twilio" | "amazonconnect" | "genesysaudiohook";
        /** @description Id of the call. For Amazon Connect the contact id. */
        Guid: string;
        StartStreamingBody: {
            namespace: components["schemas"]["Namespace"];
            guid: components["schemas"]["Guid"];
            /** @description Comes back as `sender.externalId` of the customer */
            customerId: string;
            /** @description Comes back as `sender.externalId` of the agent. Another agent on a later start is a new leg. */
            agentId: string;
            autotranscribeParams?: components["schemas"]["AutotranscribeParams"];
            amazonConnectParams?: components["schemas"]["AmazonConnectParams"];
            /** @description Ignored for other namespaces */
            siprecParams?: {
                /**
                 * @default CUSTOMER_FIRST
                 * @enum {string}
                 */
                mediaLineOrder?: "CUSTOMER_FIRST" | "AGENT_FIRST";
            };
            /** @description Ignored for other namespaces */
            twilioParams?: {
                trackMap?: {
                    /**
                     * @default customer
                     * @enum {string}
                     */
                    inbound?: "customer" | "agent";
                    /**
                     * @default agent
                     * @enum {string}
                     */
                    outbound?: "customer" | "agent";
                };
            };
        };
        /** @description How to transcribe. `detailedToken: true` needs `redactionOutput: unredacted`; anything else is `400-202`. */
        AutotranscribeParams: {
            /**
             * @description IETF tag, compared without case. One that the engine of the call cannot do is `400-202`, which names those it can
             * @default en-US
             */
            language?: string;
            /**
             * @description What turns speech into text; without it the tenant's choice at `/earshot/v1/speech-settings`, else the
             *     default of the deployment. One that is not offered is `400-202`, which names those that are
             * @example moonshine
             */
            engine?: string;
            /**
             * @description Each word with its time in the webhook, `utterance[0].token`; needs `redactionOutput` `unredacted`
             * @default false
             */
            detailedToken?: boolean;
            /**
             * @description Whether both sides are recorded, silent where the transcript is redacted, for
             *     `GET /earshot/v1/calls/{guid}/recording`
             * @default false
             */
            audioRecordingAllowed?: boolean;
            /**
             * @description What the webhook carries. `redacted`: `text` with masks. `unredacted`: `text` without. `redacted_and_unredacted`:
             *     `text` with masks and `unredactedText` beside it. Messages, exports and the live view always carry the
             *     redacted form; the messages API adds `unredactedText` for keys with scope `transcripts:unredacted` to calls that
             *     asked for another output than `redacted`. Without masks nothing rests but sealed. A deployment may force
             *     redaction: then anything but `redacted` is `400-202`.
             * @default redacted
             * @enum {string}
             */
            redactionOutput?: "redacted" | "unredacted" | "redacted_and_unredacted";
        };
        AmazonConnectParams: {
            /** @description ARN of the Kinesis video stream, `$.MediaStreams.Customer.Audio.StreamARN` of the flow */
            streamArn: string;
            /**
             * @description `NOW` is the moment the request was accepted, even when a worker gets to the call later.
             *     `FRAGMENT_NUMBER` starts with the audio of `afterFragmentNumber` where retention still has it.
             * @default NOW
             * @enum {string}
             */
            startSelectorType?: "NOW" | "FRAGMENT_NUMBER";
            /** @description A string of decimal digits; needed with `FRAGMENT_NUMBER` */
            afterFragmentNumber?: string;
        };
        StopStreamingBody: {
            namespace: components["schemas"]["Namespace"];
            guid: components["schemas"]["Guid"];
        };
        ParticipantStatus: {
            /** @description 1000 is OK, 4080 unable to transcribe, 5000 internal error */
            code: number;
            description: string;
        };
        /** @description Counts of one participant since the start of the session */
        StreamSummary: {
            /** @description Bytes of 16-bit 8000 Hz PCM received */
            totalAudioBytes: number;
            /** @description `totalAudioBytes` / 16 */
            audioDurationMs: number;
            /** @description `audioDurationMs` in seconds, rounded up */
            streamingSeconds: number;
            /** @description Transcript messages of this participant */
            transcripts: number;
        };
        StartedParticipant: {
            /** @description Opaque id of this participant in this session */
            streamId: string;
            status: components["schemas"]["ParticipantStatus"];
        };
        StoppedParticipant: {
            /** @description As returned by the start */
            streamId: string;
            status: components["schemas"]["ParticipantStatus"];
            summary: components["schemas"]["StreamSummary"];
        };
        StartStreamingResponse: {
            isOk: boolean;
            /** @description Absent when `isOk` is true */
            errorMessage?: string;
            autotranscribeResponse: {
                customer: components["schemas"]["StartedParticipant"];
                agent: components["schemas"]["StartedParticipant"];
            };
        };
        StopStreamingResponse: {
            isOk: boolean;
            /** @description Absent when `isOk` is true */
            errorMessage?: string;
            autotranscribeResponse: {
                customer: components["schemas"]["StoppedParticipant"];
                agent: components["schemas"]["StoppedParticipant"];
            };
        };
        /** @description Audio that was given up, since the store of the recordings could not be written for too long */
        RecordingHole: {
            /** @description From the beginning of the recording */
            fromMs: number;
            toMs: number;
        };
        Recording: {
            /** @description `ordinal` of the session */
            leg: number;
            sessionId: string;
            /**
             * @description `recording` while the leg runs, `finishing` while its file is written and read back, `ready` when it can be had;
             *     `failed` says in `problem` why it never will
             * @enum {string}
             */
            state: "recording" | "finishing" | "ready" | "failed";
            /**
             * Format: date-time
             * @description The instant of the first sample; absent until audio came
             */
            startedAt?: string;
            /** @description So far */
            durationMs: number;
            /** @description Of the file `mkv`, once ready */
            byteCount?: number;
            /** @description Of the file `wav`, once ready; absent beyond 37 hours */
            wavByteCount?: number;
            /** @description Of the file `mkv`, once ready */
            sha256?: string;
            holes: components["schemas"]["RecordingHole"][];
            /** @description `area.reason` of what failed */
            problem?: string;
        };
        RecordingList: {
            recordings: components["schemas"]["Recording"][];
        };
        /** @description Whole days */
        RetentionSettings: {
            /** @description A conversation with all that belongs to it, after the day (UTC) of its last activity */
            messagesDays: number;
            /** @description Settled deliveries with bodies and attempts; never longer than their conversation */
            deliveriesDays: number;
            /** @description Receipts of erasures */
            auditDays: number;
            /**
             * @description Recordings, and never longer than their conversation; absent: as long as that. Without it in a request it is
             *     absent from then on.
             */
            recordingsDays?: number;
            /**
             * @description Files of the exporter, after their day (UTC), and never longer than messages; absent: as long as those. Without it
             *     in a request it is absent from then on.
             */
            exportsDays?: number;
        };
        LegalHold: {
            externalId: string;
            /** Format: date-time */
            placedAt: string;
            /** @description Id of the key */
            placedBy: string;
        };
        LegalHoldPage: {
            items: components["schemas"]["LegalHold"][];
            /** @description Present when there are more */
            nextCursor?: string;
        };
        /** @example 2026-11-22 */
        CountedDay: string;
        ErasedRows: {
            conversations: number;
            messages: number;
            /** @description Sessions whose audio was stored */
            recordings: number;
            deliveries: number;
            /** @description Exported days; on request they were to be written anew without what was erased, once for each request */
            exportDays: number;
            /** @description Receipts of erasures, which go by age only */
            receipts: number;
        };
        ErasedDay: {
            /** Format: date */
            date: string;
            byAge: components["schemas"]["ErasedRows"];
            onRequest: components["schemas"]["ErasedRows"];
        };
        /** @description What there is now; when the oldest of a kind began, absent where there is none */
        KeptRows: {
            /**
             * Format: date-time
             * @description A conversation is kept by its last activity, and longer while it is held
             */
            conversationsSince?: string;
            /** Format: date-time */
            recordingsSince?: string;
            /**
             * Format: date-time
             * @description Also of those that are pending
             */
            deliveriesSince?: string;
            /** Format: date-time */
            receiptsSince?: string;
            /**
             * Format: date
             * @description The first day there are files of
             */
            exportsSince?: string;
            /** @description Days there are files of */
            exportDays: number;
            /** @description Conversations on legal hold, 10000 where there are more */
            holds: number;
        };
        RetentionCounts: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            byAge: components["schemas"]["ErasedRows"];
            onRequest: components["schemas"]["ErasedRows"];
            /** @description In order, without those on which nothing was erased */
            days: components["schemas"]["ErasedDay"][];
            kept: components["schemas"]["KeptRows"];
        };
        ErasureCounts: {
            conversations: number;
            /** @description Starts to stops */
            sessions: number;
            messages: number;
            /** @description Of the messages, those with sealed raw words */
            sealedTexts: number;
            deliveries: number;
            attempts: number;
            redactionStates: number;
            /** @description Of the sessions, those whose audio was stored */
            recordings: number;
            /** @description Exported days that are written anew without it */
            exportDays: number;
        };
        Erasure: {
            id: string;
            /**
             * @description Which is not kept
             * @enum {string}
             */
            subject: "conversation" | "customer";
            /** Format: date-time */
            at: string;
            /** @description Id of the key */
            requestedBy: string;
            counts: components["schemas"]["ErasureCounts"];
            /** @description HMAC-SHA256 in base64url over the receipt and a keyed hash of the id that was named */
            digest: string;
        };
        ErasureReceipt: components["schemas"]["Erasure"] & {
            /** @description False where the customer has more conversations */
            complete: boolean;
        };
        VerifiedErasure: components["schemas"]["Erasure"] & {
            /** @description Whether the digest fits what is stored */
            verified: boolean;
        };
        VerifiedErasurePage: {
            items: components["schemas"]["VerifiedErasure"][];
            /** @description Present when there are more */
            nextCursor?: string;
        };
        PutSpeechSettingsBody: {
            /** @description An engine that the deployment offers; null for its default */
            engine: string | null;
        };
        SpeechSettings: {
            /** @description The engine of calls that name none */
            engine: string;
            /**
             * @description `deployment` also where the engine that was chosen is no longer offered
             * @enum {string}
             */
            chosenBy: "tenant" | "deployment";
            engines: components["schemas"]["SpeechEngine"][];
        };
        SpeechEngine: {
            engine: string;
            /** @description IETF tags that calls may ask of it */
            languages: string[];
            /**
             * @description Where the audio goes
             * @enum {string}
             */
            runs: "here" | "elsewhere";
            /** @description Whether its vendor is paid by the second of audio */
            metered: boolean;
            /**
             * @description `named` a list that exists at the vendor; `words` takes the custom vocabulary as it is
             * @enum {string}
             */
            vocabulary: "none" | "named" | "words";
            /** @enum {string} */
            wordTimes: "yes" | "no" | "of-model";
            /**
             * @description How words of speech that is not over come: all of it decoded again (`whole`), word by word where the model
             *     streams (`of-model`), or from the local engine, in its languages (`by-local`)
             * @enum {string}
             */
            partials: "whole" | "of-model" | "by-local";
        };
        PartialWebhook: {
            /** @constant */
            type: "partial";
            /** @description The `guid` of the call */
            externalConversationId: string;
            /** @description As returned by start-streaming and stop-streaming */
            streamId: string;
            sender: {
                /** @description `customerId` or `agentId` of the start */
                externalId: string;
                /** @enum {string} */
                role: "customer" | "agent";
            };
            /** @description 1, 2, ... of one `streamId` and `start` */
            revision: number;
            autotranscribeResponse: {
                /** @constant */
                message: "partial";
                /** @description As in `transcript` */
                start: number;
                /** @description How far it has been heard */
                end: number;
                utterance: {
                    /** @description Redacted; of a long utterance, its end */
                    text: string;
                }[];
            };
        };
        /**
         * @description One word, only with `detailedToken`; marks that stand alone are no tokens of their own but stand with the word
         *     they touch
         */
        TranscriptToken: {
            /** @description The word without the marks around it */
            content: string;
            /** @description ms from the start of the audio of the session */
            start: number;
            /** @description Not less than `start`; silence may follow, so it need not meet the next `start` */
            end: number;
            /** @description Marks that touch the word before it */
            punctuationBefore?: string;
            /** @description Marks that touch the word after it */
            punctuationAfter?: string;
            /**
             * @description True where the engine tells no time of this word; `start` and `end` are a share of the time in which somebody
             *     speaks
             */
            estimated?: boolean;
        };
        TranscriptUtterance: {
            /** @description The redacted form, unless the call asked for `unredacted` */
            text: string;
            /** @description Only with `detailedToken`; the words of `text`, in order */
            token?: components["schemas"]["TranscriptToken"][];
            /** @description The form without masks, only with `redacted_and_unredacted` */
            unredactedText?: string;
        };
        TranscriptWebhook: {
            /** @constant */
            type: "transcript";
            /** @description The `guid` of the call */
            externalConversationId: string;
            /** @description As returned by start-streaming and stop-streaming */
            streamId: string;
            sender: {
                /** @description `customerId` or `agentId` of the start */
                externalId: string;
                /** @enum {string} */
                role: "customer" | "agent";
            };
            autotranscribeResponse: {
                /** @constant */
                message: "transcript";
                /** @description ms from the start of the audio of the session, by the media's clock; gaps count */
                start: number;
                /** @description As `start`; not less than it */
                end: number;
                utterance: components["schemas"]["TranscriptUtterance"][];
            };
        };
    };
    responses: {
        /** @description `400-03` a parameter is not accepted */
        RedactionEntityBadQuery: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /**
         * @description `400-01` the body is not JSON; `400-03` a field is not accepted, or the deployment always redacts and this was
         *     the last entity of a participant
         */
        RedactionEntityBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `404-01` there is no such entity */
        RedactionEntityNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "No redaction entity with this id",
                 *         "code": "404-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `403-01` the key lacks the scope `admin` */
        RedactionPolicyForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Forbidden",
                 *       "status": 403,
                 *       "detail": "The key lacks the scope admin",
                 *       "code": "403-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `400-01` the body is not JSON; `400-03` a field is not accepted */
        RedactionPolicyBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Bad Request",
                 *       "status": 400,
                 *       "detail": "/customRules/0 pattern is not in RE2 syntax: it has no backreferences and no look-around",
                 *       "code": "400-03",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *       "problems": [
                 *         {
                 *           "pointer": "/customRules/0",
                 *           "message": "pattern is not in RE2 syntax: it has no backreferences and no look-around"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `403-01` the key lacks the scope `admin` */
        ConfigurationForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "The key lacks the scope admin",
                 *         "code": "403-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `400-03` a parameter is not accepted */
        CustomVocabularyBadQuery: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `400-01` the body is not JSON; `400-03` a field is not accepted */
        CustomVocabularyBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `404-01` there is no such entry, or not for this key */
        CustomVocabularyNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "No custom vocabulary with this id",
                 *         "code": "404-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `409-01` there is an entry with this phrase already */
        CustomVocabularyConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "A custom vocabulary with this phrase exists already",
                 *         "code": "409-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `422-01` the tenant has 200 entries; delete one first */
        CustomVocabularyFull: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "Cannot create custom vocabulary, the limit is 200 entries",
                 *         "code": "422-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description What `If-None-Match` names is still what there is; no body */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description `422-01` the conversation has more messages than a transcript may hold */
        TranscriptTooLong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `400-01` the body is not JSON; `400-03` a field is not accepted */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `401-01` the credentials are missing, incomplete, unknown or expired */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "Unauthorized",
                 *         "code": "401-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `403-01` the key lacks the scope this operation needs */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "The key lacks the scope stream:write",
                 *         "code": "403-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `404-01` there is no such thing, or not for this key */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "No conversation with this externalId",
                 *         "code": "404-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `413-01` the body is larger than 65536 bytes */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "Cannot read body, it exceeds limit 65536 bytes",
                 *         "code": "413-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `415-01` the body is not `application/json` */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "Content-Type must be application/json",
                 *         "code": "415-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `429-01` the key sent more requests than its quota allows */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "Too many requests, the limit is 100 per second",
                 *         "code": "429-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `503-01` something this operation needs is not reachable; try again */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "Service unavailable",
                 *         "code": "503-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `500-01` our mistake; `requestId` finds it in the log */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "Internal server error",
                 *         "code": "500-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `400-01` the body is not JSON; `400-03` a field is not accepted */
        ProblemBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Bad Request",
                 *       "status": 400,
                 *       "detail": "/timeoutMs must be at most 30000",
                 *       "code": "400-03",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *       "problems": [
                 *         {
                 *           "pointer": "/timeoutMs",
                 *           "message": "must be at most 30000"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `401-01` the credentials are missing, incomplete, unknown or expired */
        ProblemUnauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unauthorized",
                 *       "status": 401,
                 *       "detail": "Unauthorized",
                 *       "code": "401-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `403-01` the key lacks the scope this operation needs */
        ProblemForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Forbidden",
                 *       "status": 403,
                 *       "detail": "The key lacks the scope webhooks:admin",
                 *       "code": "403-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `404-01` there is no such thing, or not for this key */
        ProblemNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Not Found",
                 *       "status": 404,
                 *       "detail": "No call with this guid",
                 *       "code": "404-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `409-01` what is there does not allow it */
        ProblemConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Conflict",
                 *       "status": 409,
                 *       "detail": "The endpoint has no strategy of type signature",
                 *       "code": "409-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `413-01` the body is larger than 65536 bytes */
        ProblemContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Content Too Large",
                 *       "status": 413,
                 *       "detail": "Cannot read body, it exceeds limit 65536 bytes",
                 *       "code": "413-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `415-01` the body is not `application/json` */
        ProblemUnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unsupported Media Type",
                 *       "status": 415,
                 *       "detail": "Content-Type must be application/json",
                 *       "code": "415-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `429-01` the key sent more requests than its quota allows */
        ProblemTooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Too Many Requests",
                 *       "status": 429,
                 *       "detail": "Too many requests, the limit is 100 per second",
                 *       "code": "429-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `503-01` something this operation needs is not reachable; try again */
        ProblemServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Service Unavailable",
                 *       "status": 503,
                 *       "detail": "Service unavailable",
                 *       "code": "503-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `500-01` our mistake; `requestId` finds it in the log */
        ProblemInternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Internal Server Error",
                 *       "status": 500,
                 *       "detail": "Internal server error",
                 *       "code": "500-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `422-01` no such feed, version, format, date, interval or file; the message names those there are */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "/format must be one of jsonl, csv, parquet",
                 *         "code": "422-01"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `422-01` the files of the day have expired; the message names the first day that is kept */
        ExportExpired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `400-01` the body is not JSON; `400-201` a gateway parameter is wrong; `400-202` a transcription parameter, or
         *     a combination of them, is wrong
         */
        StartBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `400-01` the body is not JSON; `400-201` a parameter is wrong; `400-203` there is no call with that guid */
        StopBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `409-201` transcription of this guid is already started; `409-202` another request for this guid is pending */
        StartConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `409-201` transcription of this guid is already stopped; `409-202` another request for this guid is pending */
        StopConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `500-201` our mistake; `requestId` finds it in the log */
        GatewayInternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "requestId": "8e033668-9f1a-11ec-b909-0242ac120002",
                 *         "message": "Internal server error",
                 *         "code": "500-201"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description `409-01` not finished; `Retry-After` tells when to ask again */
        RecordingNotFinished: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Conflict",
                 *       "status": 409,
                 *       "detail": "The recording of leg 1 is not finished",
                 *       "code": "409-01",
                 *       "requestId": "8e033668-9f1a-11ec-b909-0242ac120002"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `422-01` longer than the 37 hours that `wav` can hold */
        RecordingTooLong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `416-01` no byte of the file is in the range; `Content-Range` tells its size */
        RangeNotSatisfiable: {
            headers: {
                "Content-Range": components["headers"]["Content-Range"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The `nextCursor` of the page before, sent back as it came */
        Cursor: string;
        /** @description Most items a page may hold */
        Limit: number;
        /**
         * @description The `id` of the conversation
         * @example 01GMXE90AEV7H3J4DPBDKB1R79
         */
        ConversationId: string;
        /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
        EndpointId: string;
        /**
         * @description A UTC day
         * @example 2026-11-22
         */
        ExportDate: string;
        /** @example ek_8J2mN4qRsT6vWxYz */
        ApiId: string;
        /** @example 8c259fea-8764-4a92-adc4-73572e9cf016 */
        RecordedCall: components["schemas"]["Guid"];
        /**
         * @description The `guid` of its calls
         * @example 8c259fea-8764-4a92-adc4-73572e9cf016
         */
        ErasedConversation: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The quota of the key, requests `q` per window of `w` seconds
         * @example "key";q=100;w=1
         */
        "RateLimit-Policy": string;
        /**
         * @description Requests left (`r`) and seconds until the quota is whole again (`t`)
         * @example "key";r=99;t=1
         */
        RateLimit: string;
        /**
         * @description Whole seconds to wait before the next try
         * @example 1
         */
        "Retry-After": number;
        /**
         * @description For `mkv` the sha256 of the file in quotes, for `wav` the same and `-wav`
         * @example "0c1c0a8b8e0a4c4e1cf6d3d77e4a6a1b6a1f1b0d8e4d6a3c5b7f9e1d3c5a7b90"
         */
        RecordingTag: string;
        /**
         * @description Always `bytes`
         * @example bytes
         */
        "Accept-Ranges": string;
        /**
         * @description Which bytes these are, and of how many
         * @example bytes 1048576-2694810/2694811
         */
        "Content-Range": string;
        /**
         * @description What to call the file
         * @example attachment; filename="8c259fea-8764-4a92-adc4-73572e9cf016-1.mkv"
         */
        "Content-Disposition": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 8c259fea-8764-4a92-adc4-73572e9cf016 */
                guid: components["schemas"]["Guid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The call */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    followCall: {
        parameters: {
            query?: {
                /** @description Whether unfinished utterances are told */
                partials?: boolean;
            };
            header?: {
                /** @description The `id` of the last event that arrived */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @example 8c259fea-8764-4a92-adc4-73572e9cf016 */
                guid: components["schemas"]["Guid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, until either side ends them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 1000
                     *
                     *     id: eyJzIjoxNjM3NjY5NTk2ODUzfQ
                     *     event: message
                     *     data: {"text":"Hello.","sender":{"role":"customer","externalId":"TT9833237"},"messageId":"01GMXE90AEV7H3J4DPBDKB1R79","createdTimestamp":"2021-11-23T12:13:16.853Z","clientTimestamp":"2021-11-23T12:13:14.555Z","streamId":"5ce2b755-3f38-11ed-b755-7aed4b5c38d5","startMs":400,"endMs":900}
                     *
                     *     event: partial
                     *     data: {"streamId":"cf31116-3f38-11ed-9116-7a0a36c763f1","sender":{"role":"agent","externalId":"RE223444211993"},"startMs":1200,"endMs":2400,"text":"How can I","revision":1}
                     *
                     *     event: end
                     *     data: {"sessionId":"0b6c3c5e-8d3f-4c57-9c05-3f5a0f0a3f11","callState":"ended"}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description The call is over and everything was sent; there is nothing to come back for */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    listCustomVocabularies: {
        parameters: {
            query?: {
                /** @description The `nextCursor` or `prevCursor` of another page, sent back as it came */
                cursor?: string;
                /** @description Most entries a page may hold */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomVocabularyPage"];
                };
            };
            400: components["responses"]["CustomVocabularyBadQuery"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ConfigurationForbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    createCustomVocabulary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phrase": "Polo Fusion",
                 *       "soundsLike": [
                 *         "polo fuse on",
                 *         "fourth fusion"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateCustomVocabularyBody"];
            };
        };
        responses: {
            /** @description The entry */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01KAS5J7V8R3T0M5Q2ZC4H9X1B",
                     *       "phrase": "Polo Fusion",
                     *       "soundsLike": [
                     *         "polo fuse on",
                     *         "fourth fusion"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CustomVocabulary"];
                };
            };
            400: components["responses"]["CustomVocabularyBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ConfigurationForbidden"];
            409: components["responses"]["CustomVocabularyConflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["CustomVocabularyFull"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    getCustomVocabulary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 01KAS5J7V8R3T0M5Q2ZC4H9X1B */
                customVocabularyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01KAS5J7V8R3T0M5Q2ZC4H9X1B",
                     *       "phrase": "Polo Fusion",
                     *       "soundsLike": [
                     *         "polo fuse on",
                     *         "fourth fusion"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CustomVocabulary"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ConfigurationForbidden"];
            404: components["responses"]["CustomVocabularyNotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    deleteCustomVocabulary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 01KAS5J7V8R3T0M5Q2ZC4H9X1B */
                customVocabularyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry as it was */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01KAS5J7V8R3T0M5Q2ZC4H9X1B",
                     *       "phrase": "Polo Fusion",
                     *       "soundsLike": [
                     *         "polo fuse on",
                     *         "fourth fusion"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CustomVocabulary"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ConfigurationForbidden"];
            404: components["responses"]["CustomVocabularyNotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    listRedactionEntities: {
        parameters: {
            query?: {
                /** @description The `nextCursor` or `prevCursor` of another page, sent back as it came */
                cursor?: string;
                /** @description Most entities a page may hold */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "redactionEntities": [
                     *         {
                     *           "id": "ADDRESS",
                     *           "description": "Street addresses",
                     *           "policies": {
                     *             "autoTranscribe": false
                     *           }
                     *         },
                     *         {
                     *           "id": "BANK_ACCOUNT_NUMBER",
                     *           "description": "Bank account numbers",
                     *           "policies": {
                     *             "autoTranscribe": false
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "after-BANK_ACCOUNT_NUMBER",
                     *       "prevCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["RedactionEntityPage"];
                };
            };
            400: components["responses"]["RedactionEntityBadQuery"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ConfigurationForbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    getRedactionEntity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name of the entity; names that other services give it are understood, the answer has ours
                 * @example CREDIT_CARD_NUMBER
                 */
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entity */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "CREDIT_CARD_NUMBER",
                     *       "description": "Payment card numbers",
                     *       "policies": {
                     *         "autoTranscribe": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RedactionEntity"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ConfigurationForbidden"];
            404: components["responses"]["RedactionEntityNotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    updateRedactionEntity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name of the entity; names that other services give it are understood, the answer has ours
                 * @example CREDIT_CARD_NUMBER
                 */
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "policies": {
                 *         "autoTranscribe": true
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["UpdateRedactionEntityBody"];
            };
        };
        responses: {
            /** @description The entity as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "EMAIL",
                     *       "description": "E-mail addresses",
                     *       "policies": {
                     *         "autoTranscribe": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RedactionEntity"];
                };
            };
            400: components["responses"]["RedactionEntityBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ConfigurationForbidden"];
            404: components["responses"]["RedactionEntityNotFound"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    getRedactionPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy in force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionPolicy"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["RedactionPolicyForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    putRedactionPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutRedactionPolicyBody"];
            };
        };
        responses: {
            /** @description The policy as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "mode": "custom",
                     *       "mask": "label",
                     *       "entities": {
                     *         "customer": [
                     *           "CREDIT_CARD_NUMBER",
                     *           "EMAIL"
                     *         ],
                     *         "agent": [
                     *           "CREDIT_CARD_NUMBER"
                     *         ]
                     *       },
                     *       "customRules": [
                     *         {
                     *           "name": "MEMBER_NUMBER",
                     *           "pattern": "m-[0-9]{6}"
                     *         }
                     *       ],
                     *       "forced": false,
                     *       "revision": 4,
                     *       "updatedAt": "2026-11-23T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RedactionPolicy"];
                };
            };
            400: components["responses"]["RedactionPolicyBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["RedactionPolicyForbidden"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    listMessages: {
        parameters: {
            query: {
                /**
                 * @description The `guid` of the call; for Amazon Connect the contact id
                 * @example 8c259fea-8764-4a92-adc4-73572e9cf016
                 */
                externalId: string;
                /** @description The `nextCursor` of the page before, sent back as it came */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages, maybe none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationMessages"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    listConversations: {
        parameters: {
            query: {
                /**
                 * @description The `guid` of the call; for Amazon Connect the contact id
                 * @example 8c259fea-8764-4a92-adc4-73572e9cf016
                 */
                externalId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation, or an empty list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    upsertConversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertConversationBody"];
            };
        };
        responses: {
            /** @description The id of the conversation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiledId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `id` of the conversation
                 * @example 01GMXE90AEV7H3J4DPBDKB1R79
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    listConversationMessages: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before, sent back as it came */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The `id` of the conversation
                 * @example 01GMXE90AEV7H3J4DPBDKB1R79
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages, maybe none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationMessages"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    fileMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `id` of the conversation
                 * @example 01GMXE90AEV7H3J4DPBDKB1R79
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileMessageBody"];
            };
        };
        responses: {
            /** @description The id of the message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiledId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    fileMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `id` of the conversation
                 * @example 01GMXE90AEV7H3J4DPBDKB1R79
                 */
                conversationId: components["parameters"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileMessagesBody"];
            };
        };
        responses: {
            /** @description All are filed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    getConversationMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `id` of the conversation
                 * @example 01GMXE90AEV7H3J4DPBDKB1R79
                 */
                conversationId: components["parameters"]["ConversationId"];
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationMessage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    getTranscript: {
        parameters: {
            query?: {
                /** @description WebVTT, SubRip, plain text or JSON */
                format?: "vtt" | "srt" | "txt" | "json";
                /** @description Only this leg; 1 is the first session of the call */
                leg?: number;
            };
            header?: never;
            path: {
                externalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The transcript */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transcript"];
                    "text/vtt": string;
                    "application/x-subrip": string;
                    "text/plain": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            422: components["responses"]["TranscriptTooLong"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Only of this endpoint */
                endpointId?: string;
                /** @description Only of this call */
                guid?: components["schemas"]["Guid"];
                /** @description Only in this state */
                state?: components["schemas"]["DeliveryState"];
                /** @description The `nextCursor` of the page before, sent back as it came */
                cursor?: components["parameters"]["Cursor"];
                /** @description Most items a page may hold */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "1042",
                     *           "endpointId": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *           "guid": "8c259fea-8764-4a92-adc4-73572e9cf016",
                     *           "messageId": "01GMXE90AEV7H3J4DPBDKB1R79",
                     *           "sequence": 2,
                     *           "state": "failed",
                     *           "attempts": 1,
                     *           "lastStatus": 503,
                     *           "lastError": "Cannot deliver message, the target answered 503",
                     *           "createdAt": "2026-11-23T12:13:16.853Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1042 */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1042",
                     *       "endpointId": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *       "guid": "8c259fea-8764-4a92-adc4-73572e9cf016",
                     *       "messageId": "01GMXE90AEV7H3J4DPBDKB1R79",
                     *       "sequence": 2,
                     *       "state": "dead",
                     *       "attempts": 1,
                     *       "lastStatus": 503,
                     *       "lastError": "Cannot deliver message, the target answered 503",
                     *       "createdAt": "2026-11-23T12:13:16.853Z",
                     *       "attemptList": [
                     *         {
                     *           "attempt": 1,
                     *           "attemptedAt": "2026-11-23T12:13:16.861Z",
                     *           "durationMs": 83,
                     *           "status": 503,
                     *           "errorCode": "webhook.status",
                     *           "detail": "Cannot deliver message: the target answered 503",
                     *           "responsePreview": "no healthy upstream"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 1042 */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, pending */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["ProblemConflict"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    listEndpoints: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before, sent back as it came */
                cursor?: components["parameters"]["Cursor"];
                /** @description Most items a page may hold */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *           "name": "agent assist",
                     *           "url": "https://transcripts.example.com/hook",
                     *           "enabled": true,
                     *           "state": "active",
                     *           "policy": "realtime",
                     *           "pendingMax": 100,
                     *           "pendingAgeMaxMs": 30000,
                     *           "timeoutMs": 5000,
                     *           "partials": false,
                     *           "headOfLine": "block",
                     *           "skipAfterAttempts": 5,
                     *           "operationalEvents": false,
                     *           "auth": [
                     *             {
                     *               "type": "secret",
                     *               "name": "x-transcript-token",
                     *               "in": "header"
                     *             }
                     *           ],
                     *           "circuit": {
                     *             "state": "closed"
                     *           },
                     *           "createdAt": "2026-11-23T12:00:00.000Z",
                     *           "updatedAt": "2026-11-23T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EndpointPage"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    createEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEndpointBody"];
            };
        };
        responses: {
            /** @description The endpoint; with a signature whose secret was made here, that secret, once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *       "name": "agent assist",
                     *       "url": "https://transcripts.example.com/hook",
                     *       "enabled": true,
                     *       "state": "active",
                     *       "policy": "realtime",
                     *       "pendingMax": 100,
                     *       "pendingAgeMaxMs": 30000,
                     *       "timeoutMs": 5000,
                     *       "partials": false,
                     *       "headOfLine": "block",
                     *       "skipAfterAttempts": 5,
                     *       "operationalEvents": false,
                     *       "auth": [
                     *         {
                     *           "type": "signature"
                     *         }
                     *       ],
                     *       "circuit": {
                     *         "state": "closed"
                     *       },
                     *       "createdAt": "2026-11-23T12:00:00.000Z",
                     *       "updatedAt": "2026-11-23T12:00:00.000Z",
                     *       "signingSecret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
                     *     }
                     */
                    "application/json": components["schemas"]["EndpointWithSecret"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    getEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *       "name": "agent assist",
                     *       "url": "https://transcripts.example.com/hook",
                     *       "enabled": false,
                     *       "state": "disabled",
                     *       "policy": "realtime",
                     *       "pendingMax": 100,
                     *       "pendingAgeMaxMs": 30000,
                     *       "timeoutMs": 5000,
                     *       "partials": false,
                     *       "headOfLine": "block",
                     *       "skipAfterAttempts": 5,
                     *       "operationalEvents": false,
                     *       "auth": [
                     *         {
                     *           "type": "mtls",
                     *           "certificate": {
                     *             "subject": "CN=earshot",
                     *             "issuer": "CN=Example authority",
                     *             "notAfter": "2027-01-02T12:00:00.000Z",
                     *             "daysLeft": 40,
                     *             "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                     *           }
                     *         }
                     *       ],
                     *       "circuit": {
                     *         "state": "closed"
                     *       },
                     *       "createdAt": "2026-11-23T12:00:00.000Z",
                     *       "updatedAt": "2026-11-23T12:00:00.000Z",
                     *       "stateReason": "The target answered 410"
                     *     }
                     */
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    deleteEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    updateEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateEndpointBody"];
            };
        };
        responses: {
            /** @description The endpoint as it is now; with a signing secret that was made here, once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *       "name": "agent assist",
                     *       "url": "https://transcripts.example.com/hook",
                     *       "enabled": false,
                     *       "state": "disabled",
                     *       "policy": "realtime",
                     *       "pendingMax": 100,
                     *       "pendingAgeMaxMs": 30000,
                     *       "timeoutMs": 5000,
                     *       "partials": false,
                     *       "headOfLine": "block",
                     *       "skipAfterAttempts": 5,
                     *       "operationalEvents": false,
                     *       "auth": [
                     *         {
                     *           "type": "secret",
                     *           "name": "x-transcript-token",
                     *           "in": "header"
                     *         }
                     *       ],
                     *       "circuit": {
                     *         "state": "closed"
                     *       },
                     *       "createdAt": "2026-11-23T12:00:00.000Z",
                     *       "updatedAt": "2026-11-23T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["EndpointWithSecret"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["ProblemConflict"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    pauseEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *       "name": "agent assist",
                     *       "url": "https://transcripts.example.com/hook",
                     *       "enabled": true,
                     *       "state": "paused",
                     *       "policy": "realtime",
                     *       "pendingMax": 100,
                     *       "pendingAgeMaxMs": 30000,
                     *       "timeoutMs": 5000,
                     *       "partials": false,
                     *       "headOfLine": "block",
                     *       "skipAfterAttempts": 5,
                     *       "operationalEvents": false,
                     *       "auth": [
                     *         {
                     *           "type": "secret",
                     *           "name": "x-transcript-token",
                     *           "in": "header"
                     *         }
                     *       ],
                     *       "circuit": {
                     *         "state": "closed"
                     *       },
                     *       "createdAt": "2026-11-23T12:00:00.000Z",
                     *       "updatedAt": "2026-11-23T12:00:00.000Z",
                     *       "pausedAt": "2026-11-23T12:40:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    resumeEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *       "name": "agent assist",
                     *       "url": "https://transcripts.example.com/hook",
                     *       "enabled": true,
                     *       "state": "active",
                     *       "policy": "realtime",
                     *       "pendingMax": 100,
                     *       "pendingAgeMaxMs": 30000,
                     *       "timeoutMs": 5000,
                     *       "partials": false,
                     *       "headOfLine": "block",
                     *       "skipAfterAttempts": 5,
                     *       "operationalEvents": false,
                     *       "auth": [
                     *         {
                     *           "type": "secret",
                     *           "name": "x-transcript-token",
                     *           "in": "header"
                     *         }
                     *       ],
                     *       "circuit": {
                     *         "state": "closed"
                     *       },
                     *       "createdAt": "2026-11-23T12:00:00.000Z",
                     *       "updatedAt": "2026-11-23T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    rotateEndpointSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["RotateBody"];
            };
        };
        responses: {
            /** @description The endpoint with its new secret, which is never shown again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *       "name": "agent assist",
                     *       "url": "https://transcripts.example.com/hook",
                     *       "enabled": true,
                     *       "state": "active",
                     *       "policy": "realtime",
                     *       "pendingMax": 100,
                     *       "pendingAgeMaxMs": 30000,
                     *       "timeoutMs": 5000,
                     *       "partials": false,
                     *       "headOfLine": "block",
                     *       "skipAfterAttempts": 5,
                     *       "operationalEvents": false,
                     *       "auth": [
                     *         {
                     *           "type": "signature",
                     *           "previousUntil": "2026-11-24T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "circuit": {
                     *         "state": "closed"
                     *       },
                     *       "createdAt": "2026-11-23T12:00:00.000Z",
                     *       "updatedAt": "2026-11-23T12:00:00.000Z",
                     *       "signingSecret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
                     *     }
                     */
                    "application/json": components["schemas"]["EndpointWithSecret"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["ProblemConflict"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    testEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "delivered": false,
                     *       "durationMs": 83,
                     *       "stage": "tls",
                     *       "error": "The certificate of the target has expired",
                     *       "remedy": "Renew the certificate of the target, or the strategy ca when it has an authority of its own",
                     *       "certificate": {
                     *         "subject": "CN=transcripts.example.com",
                     *         "issuer": "CN=Example authority",
                     *         "notAfter": "2026-11-22T12:00:00.000Z",
                     *         "daysLeft": -2,
                     *         "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["EndpointTest"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    replayEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11 */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayBody"];
            };
        };
        responses: {
            /** @description How many wait to be sent again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "replayed": 3,
                     *       "complete": true
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayResult"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["ProblemConflict"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only about this endpoint */
                endpointId?: string;
                /** @description Only of this type */
                type?: components["schemas"]["OperationalEventType"];
                /** @description The `nextCursor` of the page before, sent back as it came */
                cursor?: components["parameters"]["Cursor"];
                /** @description Most items a page may hold */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "evt_2mTzQyqSUl8kFhY2dQ9aL1b7c3E",
                     *           "type": "endpoint.disabled",
                     *           "timestamp": "2026-11-23T12:40:00.000Z",
                     *           "data": {
                     *             "endpointId": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                     *             "name": "agent assist",
                     *             "reason": "The target answered 410"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OperationalEventPage"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    listFeeds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "feeds": [
                     *         "utterances"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListFeedsResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    listFeedVersions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "feed": "utterances"
                 *     }
                 */
                "application/json": components["schemas"]["ListFeedVersionsBody"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "feed": "utterances",
                     *       "versions": [
                     *         "1"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListFeedVersionsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    listFeedFormats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "feed": "utterances",
                 *       "version": "1"
                 *     }
                 */
                "application/json": components["schemas"]["ListFeedFormatsBody"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "feed": "utterances",
                     *       "version": "1",
                     *       "formats": [
                     *         "jsonl",
                     *         "csv",
                     *         "parquet"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListFeedFormatsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    listFeedDates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "feed": "utterances",
                 *       "version": "1",
                 *       "format": "jsonl"
                 *     }
                 */
                "application/json": components["schemas"]["ListFeedDatesBody"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "feed": "utterances",
                     *       "version": "1",
                     *       "format": "jsonl",
                     *       "dates": [
                     *         "2026-11-21",
                     *         "2026-11-22"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListFeedDatesResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    listFeedIntervals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "feed": "utterances",
                 *       "version": "1",
                 *       "format": "jsonl",
                 *       "date": "2026-11-22"
                 *     }
                 */
                "application/json": components["schemas"]["ListFeedIntervalsBody"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "feed": "utterances",
                     *       "version": "1",
                     *       "format": "jsonl",
                     *       "date": "2026-11-22",
                     *       "intervals": [
                     *         "hr=00",
                     *         "hr=01"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListFeedIntervalsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    listFeedFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "feed": "utterances",
                 *       "version": "1",
                 *       "format": "jsonl",
                 *       "date": "2026-11-22"
                 *     }
                 */
                "application/json": components["schemas"]["ListFeedFilesBody"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "feed": "utterances",
                     *       "version": "1",
                     *       "format": "jsonl",
                     *       "date": "2026-11-22",
                     *       "files": [
                     *         "utterances-2026-11-22.jsonl"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListFeedFilesResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    getFeedFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "feed": "utterances",
                 *       "version": "1",
                 *       "format": "jsonl",
                 *       "date": "2026-11-22",
                 *       "fileName": "utterances-2026-11-22.jsonl"
                 *     }
                 */
                "application/json": components["schemas"]["GetFeedFileBody"];
            };
        };
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "feed": "utterances",
                     *       "version": "1",
                     *       "format": "jsonl",
                     *       "date": "2026-11-22",
                     *       "fileName": "utterances-2026-11-22.jsonl",
                     *       "url": "https://earshot.example/fileexporter/v1/files/utterances-2026-11-22.jsonl?key=a&expires=1&signature=b"
                     *     }
                     */
                    "application/json": components["schemas"]["GetFeedFileResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["InternalError"];
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A UTC day
                 * @example 2026-11-22
                 */
                date: components["parameters"]["ExportDate"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The manifest of the day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportManifest"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    rebuildExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A UTC day
                 * @example 2026-11-22
                 */
                date: components["parameters"]["ExportDate"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Asked for; `GET /earshot/v1/exports/{date}` tells how far it is */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "date": "2026-11-22",
                     *       "state": "waiting"
                     *     }
                     */
                    "application/json": components["schemas"]["ExportRebuild"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            409: components["responses"]["ProblemConflict"];
            422: components["responses"]["ExportExpired"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer is in the body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["InternalError"];
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before, sent back as it came */
                cursor?: components["parameters"]["Cursor"];
                /** @description Most items a page may hold */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "apiId": "ek_8J2mN4qRsT6vWxYz",
                     *           "name": "nightly export",
                     *           "scopes": [
                     *             "export:read"
                     *           ],
                     *           "state": "active",
                     *           "createdAt": "2026-11-23T12:00:00.000Z",
                     *           "lastUsedAt": "2026-11-23T12:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly export",
                 *       "scopes": [
                 *         "export:read"
                 *       ],
                 *       "expiresAt": "2027-11-23T12:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["CreateKeyBody"];
            };
        };
        responses: {
            /** @description The key with its secret, which is never shown again */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "apiId": "ek_8J2mN4qRsT6vWxYz",
                     *       "name": "nightly export",
                     *       "scopes": [
                     *         "export:read"
                     *       ],
                     *       "state": "active",
                     *       "createdAt": "2026-11-23T12:00:00.000Z",
                     *       "apiSecret": "es_0123456789abcdefghijABCDEFGHIJ0123456789abcdef"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyWithSecret"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example ek_8J2mN4qRsT6vWxYz */
                apiId: components["parameters"]["ApiId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked, now or before */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["ProblemConflict"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example ek_8J2mN4qRsT6vWxYz */
                apiId: components["parameters"]["ApiId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["RotateBody"];
            };
        };
        responses: {
            /** @description The new key with its secret, which is never shown again */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "apiId": "ek_8J2mN4qRsT6vWxYz",
                     *       "name": "nightly export",
                     *       "scopes": [
                     *         "export:read"
                     *       ],
                     *       "state": "active",
                     *       "createdAt": "2026-11-23T12:00:00.000Z",
                     *       "apiSecret": "es_0123456789abcdefghijABCDEFGHIJ0123456789abcdef"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyWithSecret"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["ProblemConflict"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    startStreaming: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartStreamingBody"];
            };
        };
        responses: {
            /** @description Router processed the request, details are in the response body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isOk": true,
                     *       "autotranscribeResponse": {
                     *         "customer": {
                     *           "streamId": "5ce2b755-3f38-11ed-b755-7aed4b5c38d5",
                     *           "status": {
                     *             "code": 1000,
                     *             "description": "OK"
                     *           }
                     *         },
                     *         "agent": {
                     *           "streamId": "cf31116-3f38-11ed-9116-7a0a36c763f1",
                     *           "status": {
                     *             "code": 1000,
                     *             "description": "OK"
                     *           }
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["StartStreamingResponse"];
                };
            };
            400: components["responses"]["StartBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StartConflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["GatewayInternalError"];
        };
    };
    stopStreaming: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "namespace": "amazonconnect",
                 *       "guid": "8c259fea-8764-4a92-adc4-73572e9cf016"
                 *     }
                 */
                "application/json": components["schemas"]["StopStreamingBody"];
            };
        };
        responses: {
            /** @description Router processed the request, details are in the response body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StopStreamingResponse"];
                };
            };
            400: components["responses"]["StopBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StopConflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["GatewayInternalError"];
        };
    };
    listRecordings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 8c259fea-8764-4a92-adc4-73572e9cf016 */
                guid: components["parameters"]["RecordedCall"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recordings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recordings": [
                     *         {
                     *           "leg": 1,
                     *           "sessionId": "0b6c3c5e-8d3f-4c57-9c05-3f5a0f0a3f11",
                     *           "state": "ready",
                     *           "startedAt": "2026-11-23T12:13:10.480Z",
                     *           "durationMs": 83420,
                     *           "byteCount": 2694811,
                     *           "wavByteCount": 2669484,
                     *           "sha256": "0c1c0a8b8e0a4c4e1cf6d3d77e4a6a1b6a1f1b0d8e4d6a3c5b7f9e1d3c5a7b90",
                     *           "holes": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecordingList"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    getRecording: {
        parameters: {
            query?: {
                format?: "mkv" | "wav";
                /**
                 * @description Of which session of the call, 1 is the first. Without it the only one there is a recording of; where there are
                 *     several, 400 names them.
                 */
                leg?: number;
            };
            header?: {
                /**
                 * @description One range of bytes
                 * @example bytes=1048576-
                 */
                Range?: string;
                /** @description The `ETag` of the part that is there already; the whole comes where it is another */
                "If-Range"?: string;
                "If-None-Match"?: string;
            };
            path: {
                /** @example 8c259fea-8764-4a92-adc4-73572e9cf016 */
                guid: components["parameters"]["RecordedCall"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    ETag: components["headers"]["RecordingTag"];
                    "Accept-Ranges": components["headers"]["Accept-Ranges"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "video/x-matroska": string;
                    "audio/wav": string;
                };
            };
            /** @description The bytes that `Range` names */
            206: {
                headers: {
                    ETag: components["headers"]["RecordingTag"];
                    "Content-Range": components["headers"]["Content-Range"];
                    [name: string]: unknown;
                };
                content: {
                    "video/x-matroska": string;
                    "audio/wav": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["RecordingNotFinished"];
            416: components["responses"]["RangeNotSatisfiable"];
            422: components["responses"]["RecordingTooLong"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    eraseConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `guid` of its calls
                 * @example 8c259fea-8764-4a92-adc4-73572e9cf016
                 */
                externalId: components["parameters"]["ErasedConversation"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt, which holds nothing of the conversation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0b8f7f0e-50c5-4f4a-9e0a-8a3e0c7d5a10",
                     *       "subject": "conversation",
                     *       "at": "2026-11-23T12:00:00.000Z",
                     *       "requestedBy": "ek_8J2mN4qRsT6vWxYz",
                     *       "counts": {
                     *         "conversations": 1,
                     *         "sessions": 2,
                     *         "messages": 84,
                     *         "sealedTexts": 0,
                     *         "deliveries": 84,
                     *         "attempts": 84,
                     *         "redactionStates": 1,
                     *         "recordings": 2,
                     *         "exportDays": 1
                     *       },
                     *       "digest": "qk0Jd1m6WQ2o2m3T5yV7xZ9bB1dF3hJ5lN7pR9tV1xY",
                     *       "complete": true
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureReceipt"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["ProblemConflict"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    placeHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `guid` of its calls
                 * @example 8c259fea-8764-4a92-adc4-73572e9cf016
                 */
                externalId: components["parameters"]["ErasedConversation"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "externalId": "8c259fea-8764-4a92-adc4-73572e9cf016",
                     *       "placedAt": "2026-11-23T12:00:00.000Z",
                     *       "placedBy": "ek_8J2mN4qRsT6vWxYz"
                     *     }
                     */
                    "application/json": components["schemas"]["LegalHold"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    liftHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `guid` of its calls
                 * @example 8c259fea-8764-4a92-adc4-73572e9cf016
                 */
                externalId: components["parameters"]["ErasedConversation"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not held, now or before */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    eraseCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example TT9833237 */
                customerExternalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureReceipt"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            409: components["responses"]["ProblemConflict"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    listErasures: {
        parameters: {
            query?: {
                /** @description The first day (UTC) of `at`; without it there is none */
                from?: components["schemas"]["CountedDay"];
                /** @description The last day (UTC), which is among them; without it there is none */
                to?: components["schemas"]["CountedDay"];
                /** @description The `nextCursor` of the page before, sent back as it came */
                cursor?: components["parameters"]["Cursor"];
                /** @description Most items a page may hold */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0b8f7f0e-50c5-4f4a-9e0a-8a3e0c7d5a10",
                     *           "subject": "conversation",
                     *           "at": "2026-11-23T12:00:00.000Z",
                     *           "requestedBy": "ek_8J2mN4qRsT6vWxYz",
                     *           "counts": {
                     *             "conversations": 1,
                     *             "sessions": 2,
                     *             "messages": 84,
                     *             "sealedTexts": 0,
                     *             "deliveries": 84,
                     *             "attempts": 84,
                     *             "redactionStates": 1,
                     *             "recordings": 2,
                     *             "exportDays": 1
                     *           },
                     *           "digest": "qk0Jd1m6WQ2o2m3T5yV7xZ9bB1dF3hJ5lN7pR9tV1xY",
                     *           "verified": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["VerifiedErasurePage"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0b8f7f0e-50c5-4f4a-9e0a-8a3e0c7d5a10 */
                erasureId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt as it is stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedErasure"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            404: components["responses"]["ProblemNotFound"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    getRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings, the defaults where none were chosen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messagesDays": 7,
                     *       "deliveriesDays": 7,
                     *       "auditDays": 365
                     *     }
                     */
                    "application/json": components["schemas"]["RetentionSettings"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    putRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messagesDays": 30,
                 *       "deliveriesDays": 7,
                 *       "auditDays": 365
                 *     }
                 */
                "application/json": components["schemas"]["RetentionSettings"];
            };
        };
        responses: {
            /** @description The settings as they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionSettings"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before, sent back as it came */
                cursor?: components["parameters"]["Cursor"];
                /** @description Most items a page may hold */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "externalId": "8c259fea-8764-4a92-adc4-73572e9cf016",
                     *           "placedAt": "2026-11-23T12:00:00.000Z",
                     *           "placedBy": "ek_8J2mN4qRsT6vWxYz"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LegalHoldPage"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    getRetentionCounts: {
        parameters: {
            query?: {
                /** @description The first day (UTC); 29 days before `to` unless told otherwise */
                from?: components["schemas"]["CountedDay"];
                /** @description The last day (UTC), which is among them; today unless told otherwise */
                to?: components["schemas"]["CountedDay"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sums, the days on which something was erased, and the oldest there is of each kind */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-10-25",
                     *       "to": "2026-11-23",
                     *       "byAge": {
                     *         "conversations": 41,
                     *         "messages": 2210,
                     *         "recordings": 12,
                     *         "deliveries": 2210,
                     *         "exportDays": 1,
                     *         "receipts": 0
                     *       },
                     *       "onRequest": {
                     *         "conversations": 1,
                     *         "messages": 84,
                     *         "recordings": 2,
                     *         "deliveries": 84,
                     *         "exportDays": 1,
                     *         "receipts": 0
                     *       },
                     *       "days": [
                     *         {
                     *           "date": "2026-11-23",
                     *           "byAge": {
                     *             "conversations": 41,
                     *             "messages": 2210,
                     *             "recordings": 12,
                     *             "deliveries": 2210,
                     *             "exportDays": 1,
                     *             "receipts": 0
                     *           },
                     *           "onRequest": {
                     *             "conversations": 1,
                     *             "messages": 84,
                     *             "recordings": 2,
                     *             "deliveries": 84,
                     *             "exportDays": 1,
                     *             "receipts": 0
                     *           }
                     *         }
                     *       ],
                     *       "kept": {
                     *         "conversationsSince": "2026-11-16T08:01:12.000Z",
                     *         "recordingsSince": "2026-11-16T08:01:12.000Z",
                     *         "deliveriesSince": "2026-11-16T08:01:14.250Z",
                     *         "receiptsSince": "2026-11-23T12:00:00.000Z",
                     *         "exportsSince": "2026-11-16",
                     *         "exportDays": 7,
                     *         "holds": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RetentionCounts"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    getSpeechSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings; where nothing was chosen, the default of the deployment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "engine": "moonshine",
                     *       "chosenBy": "deployment",
                     *       "engines": [
                     *         {
                     *           "engine": "moonshine",
                     *           "languages": [
                     *             "en-US"
                     *           ],
                     *           "runs": "here",
                     *           "metered": false,
                     *           "vocabulary": "none",
                     *           "wordTimes": "no",
                     *           "partials": "whole"
                     *         },
                     *         {
                     *           "engine": "deepgram",
                     *           "languages": [
                     *             "en-US",
                     *             "es-US"
                     *           ],
                     *           "runs": "elsewhere",
                     *           "metered": true,
                     *           "vocabulary": "words",
                     *           "wordTimes": "yes",
                     *           "partials": "by-local"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SpeechSettings"];
                };
            };
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    putSpeechSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutSpeechSettingsBody"];
            };
        };
        responses: {
            /** @description The settings as they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpeechSettings"];
                };
            };
            400: components["responses"]["ProblemBadRequest"];
            401: components["responses"]["ProblemUnauthorized"];
            403: components["responses"]["ProblemForbidden"];
            413: components["responses"]["ProblemContentTooLarge"];
            415: components["responses"]["ProblemUnsupportedMediaType"];
            429: components["responses"]["ProblemTooManyRequests"];
            503: components["responses"]["ProblemServiceUnavailable"];
            default: components["responses"]["ProblemInternalError"];
        };
    };
    operationalEvent: {
        parameters: {
            query?: never;
            header: {
                /** @example evt_2mTzQyqSUl8kFhY2dQ9aL1b7c3E */
                "webhook-id": string;
                /** @example 1795435996 */
                "webhook-timestamp": string;
                /** @example v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "evt_2mTzQyqSUl8kFhY2dQ9aL1b7c3E",
                 *       "type": "endpoint.disabled",
                 *       "timestamp": "2026-11-23T12:40:00.000Z",
                 *       "data": {
                 *         "endpointId": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                 *         "name": "agent assist",
                 *         "reason": "The target answered 410"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["OperationalEvent"];
            };
        };
        responses: {
            /** @description Received */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "test",
                 *       "id": "msg_test_8c259fea-8764-4a92-adc4-73572e9cf016",
                 *       "timestamp": "2026-11-23T12:40:00.000Z",
                 *       "data": {
                 *         "endpointId": "3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11",
                 *         "name": "agent assist"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TestEvent"];
            };
        };
        responses: {
            /** @description Received */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    transcript: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Same over all attempts of one message at one endpoint
                 * @example msg_2mTzQyqSUl8kFhY2dQ9aL1b7c3E
                 */
                "webhook-id": string;
                /**
                 * @description Unix seconds of this attempt
                 * @example 1795435996
                 */
                "webhook-timestamp": string;
                /**
                 * @description Standard Webhooks 1.0 signature; only where the endpoint has a signing secret
                 * @example v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=
                 */
                "webhook-signature"?: string;
                /**
                 * @description 1, 2, 3 ... per conversation and endpoint; a gap is a dropped message
                 * @example 1
                 */
                "earshot-sequence": string;
                /**
                 * @description W3C trace context
                 * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
                 */
                traceparent?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TranscriptWebhook"];
            };
        };
        responses: {
            /** @description Received */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    partial: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description One for each partial and endpoint
                 * @example msg_2mTzQyqSUl8kFhY2dQ9aL1b7c3E
                 */
                "webhook-id": string;
                /**
                 * @description Unix seconds of the attempt
                 * @example 1795435996
                 */
                "webhook-timestamp": string;
                /**
                 * @description W3C trace context
                 * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
                 */
                traceparent?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartialWebhook"];
            };
        };
        responses: {
            /** @description Received */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
