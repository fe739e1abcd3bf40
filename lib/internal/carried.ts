import type { IConstruct } from 'constructs';

/**
 * A fact that constructs carry for other constructs of this library. It is kept under a registered symbol, so that it is also
 * found where an app has loaded two copies of the package.
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
