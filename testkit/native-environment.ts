import { TestEnvironment } from 'jest-environment-node';

/**
 * An environment with the `require` of Node.js instead of Jest's, for built ES modules, which Jest loads only with an
 * experimental flag. A test file selects it in its first comment.
 */
export default class NativeEnvironment extends TestEnvironment {
  public override async setup(): Promise<void> {
    await super.setup();
    // a function, since Jest clears the objects on the global scope after each file
    Object.assign(this.global, { nativeRequire: () => require });
  }
}
