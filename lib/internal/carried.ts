import type { IConstruct } from 'constructs';

/**
 * A value that a construct carries for other constructs of this library. Its key is a registered symbol, so that the
 * value is also found if an app has loaded two copies of the package.
 */
export class Carried<T> {
  private readonly key: symbol;

  public constructor(name: string) {
    this.key = Symbol.for(`cdk-msk.${name}`);
  }

  public set(construct: IConstruct, value: T): void {
    Object.defineProperty(construct, this.key, { value, configurable: true });
  }

  public of(construct: IConstruct): T | undefined {
    return (construct as unknown as Record<symbol, T | undefined>)[this.key];
  }
}
