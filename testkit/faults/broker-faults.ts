import type { BrokerSet } from '../../local/kafka/broker-set';

export const BROKER_FAULTS = ['killed', 'frozen', 'restarted'] as const;

export type BrokerFault = (typeof BROKER_FAULTS)[number];

/** Causes a fault on a node. The returned function repairs the node and waits until the brokers know each other. */
export async function strike(set: BrokerSet, node: number, fault: BrokerFault): Promise<() => Promise<void>> {
  switch (fault) {
    case 'killed':
      await set.kill(node);
      return () => set.restart(node);
    case 'frozen':
      set.freeze(node);
      return () => set.thaw(node);
    case 'restarted': {
      const restarting = set.restart(node);
      restarting.catch(() => undefined); // whoever awaits the repair gets the error
      return () => restarting;
    }
  }
}
