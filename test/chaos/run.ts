import { untilEnded } from '../until-ended';
import type { Settings } from './settings';

/** Topics of somebody else, of which nothing may change. */
export const FOREIGN = ['theirs-1', 'theirs-2', 'theirs-3'];

/** Something that chaos is done to. */
export interface Chaos {
  /** Draws and plays a round, tells it, and returns what is wrong afterwards. */
  play(tell: (round: string) => void): Promise<readonly string[]>;
  /** Called after the last round. Returns what is wrong. */
  check?(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Plays rounds until the time is up or something is wrong, and then ends the process. */
export function run({ minutes, seed }: Settings, open: () => Promise<Chaos>): void {
  untilEnded(open, async (chaos) => {
    const findings = await rounds(chaos, minutes);
    findings.forEach((finding) => console.error(`FOUND: ${finding}`));
    console.log(findings.length === 0 ? 'nothing was lost' : `found with --seed ${seed}; see the rounds above`);
    return findings.length === 0 ? 0 : 1;
  });
}

async function rounds(chaos: Chaos, minutes: number): Promise<readonly string[]> {
  const end = Date.now() + minutes * 60_000;
  for (let round = 1; Date.now() < end; round += 1) {
    const findings = await chaos.play((text) => console.log(`round ${round}: ${text}`));
    if (findings.length > 0) return findings;
  }
  return (await chaos.check?.()) ?? [];
}
