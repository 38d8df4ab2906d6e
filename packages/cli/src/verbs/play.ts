import { randomUUID } from 'node:crypto';
import { ensureStream, putCall } from '@earshot/connect-producer';
import { parseArguments, positiveNumber, required } from '../arguments.ts';
import { findKinesisEndpoint } from '../running-system.ts';
import type { Verb } from '../verb.ts';
import { pcmBytes, readSide } from '../wav-file.ts';

export const play: Verb = {
  name: 'play',
  summary: 'play a call into the local Kinesis Video Streams',
  help: `earshot play --customer A.wav --agent B.wav [--stream NAME] [--contact ID] [--speed S] [--endpoint URL] [--json]

Sends both sides, 8 kHz 16-bit mono WAV, in the shape and at the pace of Amazon Connect.
  --stream NAME    default earshot-connect-contact-ID; made when it does not exist
  --contact ID     the ContactId; default a new one
  --speed S        times real time (default 1)
  --endpoint URL   default: the emulator that npm start runs here
  --json           one JSON object at the end`,
  async run(args, io) {
    const { values } = parseArguments(args, {
      customer: { type: 'string' },
      agent: { type: 'string' },
      stream: { type: 'string' },
      contact: { type: 'string' },
      speed: { type: 'string' },
      endpoint: { type: 'string' },
      json: { type: 'boolean' },
    });
    const customer = pcmBytes(await readSide(required('customer', values.customer)));
    const agent = pcmBytes(await readSide(required('agent', values.agent)));
    const contactId = values.contact ?? randomUUID();
    const streamName = values.stream ?? `earshot-connect-contact-${contactId}`;
    const endpointUrl = await findKinesisEndpoint(io.cwd, values.endpoint);
    const { streamArn } = await ensureStream({ endpointUrl, streamName });
    io.err(`Playing contact ${contactId} into ${streamArn} ...`);
    const speed = positiveNumber('speed', values.speed, 1);
    const tracks = { customer, agent };
    const put = await putCall({ endpointUrl, streamName, contactId, tracks, speed, signal: io.signal });
    if (values.json === true) io.out(JSON.stringify({ contactId, streamArn, ...put }));
    else
      io.out(
        `${put.fragments} fragments, customer ${put.customerBytes} bytes, agent ${put.agentBytes} bytes`,
      );
    return 0;
  },
};
