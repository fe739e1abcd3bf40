/** Marks the classes of this library, also across two copies of it in one app. */
export const BRAND: unique symbol = Symbol.for('cdk-msk.class') as never;
