import facts from '../../../lib/model/facts/metrics.json';
import { unitOf } from '../../../lib/model/rules/metrics';
import { KAFKA_METRICS, NOT_KAFKAS } from '../../../testkit/kafka-metrics';

const { express, serverless, standard } = facts;
const names = [...new Set([standard, express, serverless].flatMap(namesIn))];

function namesIn(levels: Readonly<Record<string, readonly { names: readonly string[] }[]>>): string[] {
  return Object.values(levels).flatMap((sets) => sets.flatMap((set) => set.names));
}

describe('The metrics of MSK', () => {
  test.each(names)('%s is looked for in Kafka, or there is a reason why not', (name) => {
    const reasons = NOT_KAFKAS.filter(([, pattern]) => pattern.test(name)).map(([reason]) => reason);
    expect([KAFKA_METRICS.has(name), reasons.length]).toEqual(KAFKA_METRICS.has(name) ? [true, 0] : [false, 1]);
  });

  test.each([...KAFKA_METRICS])('%s has the unit here that it has in Kafka', (name, { unit }) => {
    expect(names).toContain(name);
    expect(unitOf(name)).toBe(unit);
  });
});
