const HEADER_BYTES = 12;
const TYPE_A = 1;
const TYPE_AAAA = 28;
/** Response, recursion desired and available, no error (RFC 1035, section 4.1.1). */
const FLAGS_ANSWER = 0x8180;
/** Points at the name in the question (section 4.1.4). */
const NAME_POINTER = 0xc00c;

export interface DnsQuestion {
  readonly id: number;
  readonly name: string;
  readonly family: 4 | 6 | undefined;
  /** The question section as it came. */
  readonly bytes: Buffer;
}

/** Reads a query with one question (RFC 1035, section 4.1.2); undefined when it is none. */
export function readQuestion(message: Buffer): DnsQuestion | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message[at]; length !== undefined && length > 0; length = message[at]) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  if (message.length < at + 5) return undefined;
  const type = message.readUInt16BE(at + 1);
  const family = type === TYPE_A ? 4 : type === TYPE_AAAA ? 6 : undefined;
  return {
    id: message.readUInt16BE(0),
    name: labels.join('.').toLowerCase(),
    family,
    bytes: message.subarray(HEADER_BYTES, at + 5),
  };
}

/** Answers a question with addresses of its family, to be forgotten at once (TTL 0). */
export function writeAnswer({ id, family, bytes }: DnsQuestion, addresses: readonly string[]): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(FLAGS_ANSWER, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  const records = addresses.map((address) => {
    const data = family === 4 ? bytesOfIpv4(address) : bytesOfIpv6(address);
    const record = Buffer.alloc(12);
    record.writeUInt16BE(NAME_POINTER, 0);
    record.writeUInt16BE(family === 4 ? TYPE_A : TYPE_AAAA, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([header, bytes, ...records]);
}

function bytesOfIpv4(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

/** The WHATWG parser writes an address out in hexadecimal, but for `::`. */
function bytesOfIpv6(address: string): Buffer {
  const normal = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = normal.split('::');
  const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const left = groupsOf(head);
  const right = groupsOf(tail ?? '');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return Buffer.from(
    [...left, ...zeros, ...right].flatMap((group) => {
      const value = Number.parseInt(group, 16);
      return [value >> 8, value & 0xff];
    }),
  );
}
