import { once } from 'node:events';
import type { PartialWebhook } from '@earshot/api';
import { parseArguments, wholeNumber } from '../arguments.ts';
import { startTranscriptReceiver, type ReceivedTranscript } from '../simulate/transcript-receiver.ts';
import type { Verb } from '../verb.ts';

export const listen: Verb = {
  name: 'listen',
  summary: 'receive webhooks and print them',
  help: `earshot listen [--port P] [--json]

A webhook receiver on 127.0.0.1 that prints every transcript until Ctrl-C. Register its address as an endpoint:
  curl -X POST BASE_URL/earshot/v1/endpoints -H 'earshot-api-id: ID' -H 'earshot-api-secret: SECRET' \\
    -H 'content-type: application/json' -d '{"name":"listen","url":"http://127.0.0.1:PORT/transcripts"}'
An endpoint with "partials":true also gets the words of unfinished utterances; they are marked with ~.
  --port P   default 9090; 0 takes any free one
  --json     the webhook bodies as they come`,
  async run(args, io) {
    const { values } = parseArguments(args, { port: { type: 'string' }, json: { type: 'boolean' } });
    const port = wholeNumber('port', values.port, { min: 0, max: 65_535, otherwise: 9090 });
    const print = (received: ReceivedTranscript): void =>
      io.out(values.json === true ? JSON.stringify(received.body) : describeReceived(received));
    const printPartial = (body: PartialWebhook): void =>
      io.out(values.json === true ? JSON.stringify(body) : describePartial(body));
    const receiver = await startTranscriptReceiver({ port, onAny: print, onPartial: printPartial });
    io.err(`Listening on ${receiver.url}, Ctrl-C ends`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await receiver.close();
    return 0;
  },
};

function describeReceived({ body, sequence }: ReceivedTranscript): string {
  const { start, utterance } = body.autotranscribeResponse;
  const call = body.externalConversationId.slice(0, 8);
  return `${call} #${sequence} ${(start / 1000).toFixed(1).padStart(6)} s  ${body.sender.role.padEnd(8)}  ${utterance[0]?.text ?? ''}`;
}

function describePartial({
  externalConversationId,
  revision,
  sender,
  autotranscribeResponse,
}: PartialWebhook): string {
  const { start, utterance } = autotranscribeResponse;
  const call = externalConversationId.slice(0, 8);
  return `${call} ~${revision} ${(start / 1000).toFixed(1).padStart(6)} s  ${sender.role.padEnd(8)}  ${utterance[0]?.text ?? ''}`;
}
