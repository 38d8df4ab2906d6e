import { randomUUID } from 'node:crypto';
import { ensureStream, putCall } from '@earshot/connect-producer';
import { parseArguments, positiveNumber, required } from '../arguments.ts';
import { chosenFaults, FAULT_OPTIONS } from '../faults/chosen-faults.ts';
import { catalogueLines, strikeLines } from '../faults/fault-report.ts';
import { FaultService } from '../faults/fault-service.ts';
import { findKinesisEndpoint } from '../running-system.ts';
import type { CliIo, Verb } from '../verb.ts';
import { pcmBytes, readSide } from '../wav-file.ts';

const OPTIONS = {
  customer: { type: 'string' },
  agent: { type: 'string' },
  stream: { type: 'string' },
  contact: { type: 'string' },
  speed: { type: 'string' },
  endpoint: { type: 'string' },
  json: { type: 'boolean' },
  ...FAULT_OPTIONS,
} as const;

export const play: Verb = {
  name: 'play',
  summary: 'play a call into the local Kinesis Video Streams, with faults if wanted',
  help: `earshot play --customer A.wav --agent B.wav [--stream NAME] [--contact ID] [--speed S]
             [--fault KIND[:key=value,...]]... [--faults FILE] [--endpoint URL] [--json]
earshot play --fault list [--endpoint URL] [--json]

Sends both sides, 8 kHz 16-bit mono WAV, in the shape and at the pace of Amazon Connect.
  --stream NAME    default earshot-connect-contact-ID; made when it does not exist
  --contact ID     the ContactId; default a new one
  --speed S        times real time (default 1)
  --fault ...      what goes wrong for those who read the stream, as often as wanted; list tells what there is
  --faults FILE    the same as JSON: [{"kind": "cut", "afterBytes": 200000}]
  --endpoint URL   default: the emulator that npm start runs here
  --json           one JSON object at the end

Examples
  the connection breaks once after 200 000 bytes
    earshot play --customer A.wav --agent B.wav --fault cut:afterBytes=200000
  every seventh fragment is damaged, and every response ends after 10 fragments
    earshot play --customer A.wav --agent B.wav --fault damage:every=7,how=random \\
                 --fault session-end:afterFragments=10
  the first three requests for media are refused, and fragments 4 and 5 were never stored
    earshot play --customer A.wav --agent B.wav --fault refuse:error=throttled,times=3 \\
                 --fault missing:ordinals=4+5

A plan replaces the one the stream had and stays in force after the call. What struck is told at the end.`,
  async run(args, io) {
    const { values } = parseArguments(args, OPTIONS);
    if (values.fault?.includes('list') === true) {
      const service = new FaultService(await findKinesisEndpoint(io.cwd, values.endpoint));
      await listFaults(service, io, values.json === true);
      return 0;
    }
    const customer = pcmBytes(await readSide(required('customer', values.customer)));
    const agent = pcmBytes(await readSide(required('agent', values.agent)));
    const endpointUrl = await findKinesisEndpoint(io.cwd, values.endpoint);
    const service = new FaultService(endpointUrl);
    const contactId = values.contact ?? randomUUID();
    const streamName = values.stream ?? `earshot-connect-contact-${contactId}`;
    const speed = positiveNumber('speed', values.speed, 1);
    const faults = await chosenFaults(values, io.cwd, service);
    const { streamArn } = await ensureStream({ endpointUrl, streamName });
    if (faults.length > 0) await service.put(streamName, faults);
    io.err(`Playing contact ${contactId} into ${streamArn} ...`);
    const tracks = { customer, agent };
    const put = await putCall({ endpointUrl, streamName, contactId, tracks, speed, signal: io.signal });
    const struck = faults.length > 0 ? { struck: await service.struck(streamName) } : {};
    if (values.json === true) {
      io.out(JSON.stringify({ contactId, streamArn, ...put, ...struck }));
      return 0;
    }
    io.out(`${put.fragments} fragments, customer ${put.customerBytes} bytes, agent ${put.agentBytes} bytes`);
    if (struck.struck !== undefined) for (const line of strikeLines(struck.struck)) io.out(line);
    return 0;
  },
};

async function listFaults(service: FaultService, io: CliIo, json: boolean): Promise<void> {
  const catalogue = await service.catalogue();
  if (json) io.out(JSON.stringify({ catalogue }));
  else for (const line of catalogueLines(catalogue)) io.out(line);
}
