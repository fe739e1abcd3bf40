import { aCall, FakeTime, handling, propertiesOf, refusal, success } from '../../../testkit/handling';
import { always, MemoryCluster } from '../../../testkit/memory-cluster';

let cluster: MemoryCluster;
beforeEach(() => {
  cluster = new MemoryCluster();
});

/** With no time for a denial to pass. */
const send = (time?: FakeTime) =>
  handling(aCall({ properties: propertiesOf({ permissionGraceSeconds: 0 }) }), () => cluster.connect(), time);

describe("MSK's limit on new connections", () => {
  const LIMITED = {
    request: 'CreateTopics',
    as: 'SaslAuthenticate',
    error: 'TOO_MANY_CONNECTS',
    detail: '[id]: Too many connects',
  } as const;

  test('passes, and counts as no denial', async () => {
    cluster.mishaps.push(LIMITED, LIMITED, LIMITED);
    success(await send());
    expect(cluster.carriedOut).toEqual(['CreateTopics']);
  });

  test('is named when it stays to the end', async () => {
    cluster.mishaps.push(...always(LIMITED));
    expect(refusal(await send()).message).toMatch(
      /^OutcomeUnknown: .*Too many connects.* Nothing was changed\. To fix: deploy again/,
    );
  });

  test('does not let those that it refused together come back together', async () => {
    const waited = async (chance: number) => {
      cluster = new MemoryCluster();
      cluster.mishaps.push(LIMITED);
      const time = new FakeTime(0, chance);
      success(await send(time));
      return time.now();
    };
    expect((await waited(0.99)) / (await waited(0))).toBeGreaterThan(2.5);
  });
});
