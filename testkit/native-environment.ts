import { TestEnvironment } from 'jest-environment-node';

/**
 * Node.js with a `require` that is not Jest's, for what is built as ES modules: Jest takes those only under an experimental
 * flag. A test file asks for it in its first comment.
 */
export default class NativeEnvironment extends TestEnvironment {
  public override async setup(): Promise<void> {
    await super.setup();
    // a function, since Jest empties the objects that it finds on the global scope once a file is done
    Object.assign(this.global, { nativeRequire: () => require });
  }
}
