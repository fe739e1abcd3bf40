import type { KafkaPorts } from '../../../../engine/kafka/ports';
import { KeptPorts } from '../../../../lambda/worker/kept-ports';
import { aCall, FakeTime } from '../../../../testkit/handling';

/** Numbered ports, and the numbers of those that were closed. */
function aKeeper() {
  const time = new FakeTime();
  const closed: number[] = [];
  let opened = 0;
  const open = () => {
    const id = ++opened;
    return { close: () => Promise.resolve(void closed.push(id)) } as KafkaPorts;
  };
  return { time, closed, ports: new KeptPorts(open, time) };
}

describe('KeptPorts', () => {
  test('gives the next call the port that the last one gave back', async () => {
    const { closed, ports } = aKeeper();
    const port = ports.take(aCall());
    await ports.giveBack(port);
    expect(ports.take(aCall({ requestType: 'Delete' }))).toBe(port);
    expect(closed).toEqual([]);
  });

  test('gives two calls at once a port each', () => {
    const { ports } = aKeeper();
    expect(ports.take(aCall())).not.toBe(ports.take(aCall()));
  });

  test.each([
    ['another cluster', { bootstrapBrokers: 'b-9:9098' }],
    ['another client', { credentials: { kind: 'scram', username: 'alice', password: 'old' } }],
  ] as const)('keeps ports of %s apart', async (_, difference) => {
    const { ports } = aKeeper();
    const port = ports.take(aCall());
    await ports.giveBack(port);
    expect(ports.take(aCall(difference))).not.toBe(port);
  });

  test('uses a port for less than a minute', async () => {
    const { ports, time } = aKeeper();
    const port = ports.take(aCall());
    await ports.giveBack(port);
    await time.pause(59_999);
    expect(ports.take(aCall())).toBe(port);
    await ports.giveBack(port);
    await time.pause(1);
    expect(ports.take(aCall())).not.toBe(port);
  });

  test('closes what is too old', async () => {
    const { closed, ports, time } = aKeeper();
    const [first, second] = [ports.take(aCall()), ports.take(aCall())];
    await ports.giveBack(first);
    await time.pause(60_000);
    expect(closed).toEqual([]);
    await ports.giveBack(second);
    expect(closed).toEqual([1, 2]);
  });
});
