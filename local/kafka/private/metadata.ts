import net from 'node:net';

const ANSWER_LIMIT_MS = 2_000;
const LENGTH_BYTES = 4;

/** What a broker knows about its cluster. */
export interface Metadata {
  /** Number of live brokers. */
  readonly brokers: number;
  /** A line for each partition of each topic, with its leader, in alphabetical order. */
  readonly partitions: readonly string[];
}

/** Asks a broker on its PLAINTEXT listener. Returns undefined if it does not answer. */
export function metadataOf(port: number): Promise<Metadata | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(METADATA_REQUEST));
    let received = Buffer.alloc(0);
    socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy());
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      if (received.length < LENGTH_BYTES || received.length < LENGTH_BYTES + received.readInt32BE(0)) return;
      resolve(read(new Reader(received)));
      socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(undefined));
  });
}

/**
 * Metadata request, version 1, for all topics, from client "si". It is simple enough to need no protocol library.
 *
 * @see https://kafka.apache.org/protocol#The_Messages_Metadata
 */
const METADATA_REQUEST = Buffer.from([
  ...[0, 0, 0, 16], // length
  ...[0, 3, 0, 1, 0, 0, 0, 1], // key, version, correlation ID
  ...[0, 2, 0x73, 0x69], // client ID
  ...[255, 255, 255, 255], // topics
]);

/** Reads the answer, field by field in the order of the protocol. */
function read(answer: Reader): Metadata {
  answer.skip(2 * 4); // length, correlation ID
  const brokers = answer.list(() => [answer.int32(), answer.text(), answer.int32(), answer.text()]);
  answer.skip(4); // controller
  const partitions = answer.list(() => {
    answer.skip(2); // error
    const topic = answer.text();
    answer.skip(1); // whether it is internal
    return answer.list(() => {
      answer.skip(2); // error
      const line = `${topic} ${answer.int32()} led by ${answer.int32()}`;
      answer.list(() => answer.int32()); // replicas
      answer.list(() => answer.int32()); // those in sync
      return line;
    });
  });
  return { brokers: brokers.length, partitions: partitions.flat().sort() };
}

class Reader {
  private at = 0;

  public constructor(private readonly bytes: Buffer) {}

  public skip(count: number): void {
    this.at += count;
  }

  public int32(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  public text(): string {
    const length = this.bytes.readInt16BE(this.at);
    this.at += 2 + Math.max(0, length); // a missing text has the length -1
    return this.bytes.toString('utf8', this.at - Math.max(0, length), this.at);
  }

  public list<T>(item: () => T): T[] {
    return Array.from({ length: this.int32() }, item);
  }
}
