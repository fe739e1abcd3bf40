import { Construct } from 'constructs';
import { errorsOf, type Finding, finding } from '../../model/finding';
import { isToken, refuse, refused } from '../validation';
import { BRAND } from './brand';
import { CLASSES, type Member, type Members, membersOf } from './signature-table';
import { membersFindings } from './value-findings';

type Callable = (this: unknown, ...args: unknown[]) => unknown;
type Class = new (...args: unknown[]) => object;

/**
 * Checks what callers hand over to the constructor and the methods of a class, by the types that the jsii assembly has for the class
 * or interface of this name. TypeScript checks its callers itself; JavaScript and the other languages can hand over anything.
 */
export const checked =
  (name: string) =>
  <C extends { readonly prototype: object }>(target: C): C => {
    const { create, methods, statics } = CLASSES[name] ?? {}; // a new class, until `npm run docs` has written the table
    Object.defineProperty(target.prototype, BRAND, { value: name });
    checkMembers(name, target.prototype, methods);
    checkMembers(name, target, statics);
    return create ? (withCheckedConstructor(name, target as unknown as Class, create) as unknown as C) : target;
  };

function checkMembers(name: string, host: object, members: Readonly<Record<string, Members>> = {}): void {
  for (const [member, parameters] of Object.entries(members)) {
    const original = Reflect.get(host, member) as Callable;
    const checkedMember: Callable = function (...args) {
      check({ name: `${name}.${member}`, host: this, isClosed: true }, parameters, args);
      return original.apply(this, args);
    };
    Object.defineProperty(host, member, { value: checkedMember, configurable: true, writable: true });
  }
}

/** A subclass may have properties of its own in the props that it hands on. */
function withCheckedConstructor(name: string, target: Class, parameters: Members): Class {
  const proxy: Class = new Proxy(target, {
    construct(_, args: unknown[], newTarget) {
      check({ name, isClosed: newTarget === proxy }, parameters, args);
      return Reflect.construct(target, args, newTarget === proxy ? target : newTarget) as object;
    },
  });
  return proxy;
}

interface Call {
  readonly name: string;
  /** The object whose method is called. */
  readonly host?: unknown;
  readonly isClosed: boolean;
}

function check(call: Call, parameters: Members, args: readonly unknown[]): void {
  const findings = callFindings(call, parameters, args);
  if (findings.length === 0) return;
  const errors = errorsOf(findings);
  if (errors.length > 0) throw refused(placeOf(call, parameters, args), ...errors);
  const scope = [call.host, args[0]].find((one) => Construct.isConstruct(one));
  if (scope) refuse(scope, findings);
}

/** A construct that does not exist yet has the path it would get. */
function placeOf({ host, name }: Call, parameters: Members, [scope, id]: readonly unknown[]): string {
  if (Construct.isConstruct(host)) return `${host.node.path} (${name})`;
  if (!('scope' in parameters) || !Construct.isConstruct(scope)) return name;
  const path = [scope.node.path, typeof id === 'string' ? id : ''].filter((part) => part !== '');
  return `${path.join('/')} (${name})`;
}

function callFindings({ isClosed, name: owner }: Call, parameters: Members, args: readonly unknown[]): Finding[] {
  const place = { owner, property: '', isClosed, isParameter: true };
  const valueOf = ({ isRest }: Member, index: number) => (isRest ? args.slice(index) : args[index]);
  const id = args[membersOf(parameters).findIndex(({ key }) => key === 'id')];
  return [...idFindings(id), ...membersFindings(parameters, valueOf, place)];
}

function idFindings(id: unknown): Finding[] {
  if (id === '') return [finding('PropertyMissing', "'id' must not be empty")];
  return typeof id === 'string' && isToken(id)
    ? [finding('PropertyType', "'id' must be known at synthesis, got a token")]
    : [];
}
