/** How many topics a worker handles at the same time, unless the user says otherwise. */
export const DEFAULT_LANES = 10;

/** What the place of a topic among the topics of one worker depends on. */
export interface LaneTopic {
  /** Eight or more hexadecimal digits that stay the same as long as the topic does. */
  readonly key: string;
  /** How many topics are on the longest path of dependencies that the topic already has. */
  readonly level: number;
}

/**
 * Puts topics into lanes, in each of which every topic waits for the one before it. Returns the topics that wait, each with the
 * topic that it waits for. There are never more lanes than asked for, and no topic waits while there is a lane for each.
 *
 * The lane of a topic follows from its key alone, so that adding or removing a topic affects only its neighbor. While some
 * lanes are empty, others are cut, first behind the first topics of all: a topic that is added closes at most one cut. Topics
 * wait only for topics of their own level or a lower one, so that no circle arises with the dependencies that exist.
 */
export function lanesOf<T extends LaneTopic>(topics: readonly T[], lanes: number): ReadonlyMap<T, T> {
  const ordered = [...topics].sort((one, other) => one.level - other.level || (one.key < other.key ? -1 : 1));
  const last = new Map<number, T>();
  const followers = new Map<T, T>();
  for (const topic of ordered) {
    const lane = parseInt(topic.key.slice(-8), 16) % lanes;
    const before = last.get(lane);
    if (before) followers.set(before, topic);
    last.set(lane, topic);
  }
  const cuts = lanes - last.size;
  const kept = ordered.filter((topic) => followers.has(topic)).slice(cuts);
  return new Map(kept.map((topic) => [followers.get(topic) as T, topic]));
}
