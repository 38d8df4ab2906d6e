import { createSocket } from 'node:dgram';
import { Resolver, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIPv4 } from 'node:net';
import { readQuestion, writeAnswer } from './dns-message.ts';

/** A name server that changes its mind: each time a name is asked for it gives the next of its answers. */
export interface HostileDnsServer {
  /** Names asked for, once for each family. */
  readonly asked: readonly string[];
  /** What a name resolves to, one answer after the other; the last stays. */
  answer(name: string, ...answers: readonly (readonly string[])[]): void;
  /** A resolver that asks this server only; the shape of `dns.lookup` with `all`. */
  readonly resolve: (
    hostname: string,
    options: LookupOptions & { all: true },
    done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void;
  close(): Promise<void>;
}

interface Told {
  readonly answers: readonly (readonly string[])[];
  /** Of each family: both are asked for at each look-up. */
  readonly countByFamily: Map<4 | 6, number>;
}

export async function startHostileDnsServer(): Promise<HostileDnsServer> {
  const asked: string[] = [];
  const names = new Map<string, Told>();
  const socket = createSocket('udp4');
  const addressesFor = (name: string, family: 4 | 6 | undefined): readonly string[] => {
    const told = names.get(name);
    if (told === undefined || family === undefined) return [];
    const count = told.countByFamily.get(family) ?? 0;
    told.countByFamily.set(family, count + 1);
    const addresses = told.answers[Math.min(count, told.answers.length - 1)] ?? [];
    return addresses.filter((address) => isIPv4(address) === (family === 4));
  };
  socket.on('message', (message, { port, address }) => {
    const question = readQuestion(message);
    if (question === undefined) return;
    asked.push(question.name);
    socket.send(writeAnswer(question, addressesFor(question.name, question.family)), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    asked,
    answer: (name, ...answers) => void names.set(name, { answers, countByFamily: new Map() }),
    resolve: (hostname, _options, done) => resolveBoth(resolver, hostname, done),
    close: () =>
      new Promise((resolve) => {
        resolver.cancel();
        socket.close(() => resolve());
      }),
  };
}

function resolveBoth(
  resolver: Resolver,
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
): void {
  resolver.resolve4(hostname, (error4, ipv4) => {
    resolver.resolve6(hostname, (error6, ipv6) => {
      const addresses: LookupAddress[] = [
        ...(error4 === null ? ipv4 : []).map((address) => ({ address, family: 4 })),
        ...(error6 === null ? ipv6 : []).map((address) => ({ address, family: 6 })),
      ];
      if (addresses.length > 0) return done(null, addresses);
      done(Object.assign(new Error(`No address of ${hostname}`), { code: 'ENOTFOUND' }), []);
    });
  });
}
