import type { Destination } from '../calls';
import type { AdminPort } from './admin-port';

/** Lends the port of a cluster for one call, and takes it back afterwards. */
export interface AdminPool {
  take(destination: Destination): AdminPort;
  giveBack(port: AdminPort): Promise<void>;
}
