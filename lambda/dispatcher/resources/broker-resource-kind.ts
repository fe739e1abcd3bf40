import type { PhysicalIds } from '../../../engine/resource';
import type { TopicPlace } from '../../../lib/model/wire/topic';

/** Where a resource is, and who connects to its brokers. */
export type Place = TopicPlace;

/** What can be read of the properties of a resource. */
export interface DeclaredResource {
  readonly place: Partial<Place>;
  readonly onUnreachable?: 'fail' | 'retain';
}

/** What the dispatcher must know about a kind of resource that lives on brokers; the rest is the same for all kinds. */
export interface BrokerResourceKind<Identity, Declared extends DeclaredResource> {
  /** In messages, such as `topic`. */
  readonly noun: string;
  /** Warnings about it, with the codes of the kind. */
  readonly warnings: { kept(reason: string): string; notRolledBack(reason: string): string };
  readonly ids: PhysicalIds<Identity>;
  /** Reads properties without refusing any: the worker refuses invalid ones. */
  read(properties: Readonly<Record<string, unknown>>): Declared;
  /** The same for properties that another version of the library may have written. */
  readOld(properties: Readonly<Record<string, unknown>>): Declared;
  /** In messages, such as `orders`. */
  nameOf(identity: Identity): string;
  /** Whether a Delete never touches it, whatever its state. */
  isNeverDeleted(identity: Identity): boolean;
  /** Whether two resources stand for the same thing on the same cluster. */
  isSame(one: Identity, other: Identity): boolean;
  /** Whether the properties declare the thing that the resource already stands for. */
  isDeclaredBy(identity: Identity, declared: Declared): boolean;
  /** The attributes of a resource that is left as it is. */
  attributes(identity: Identity, declared: Declared): Record<string, string>;
}
