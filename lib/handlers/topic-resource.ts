import { CfnResource, type IResolveContext, Lazy, type Reference, type ResolutionTypeHint } from 'aws-cdk-lib';

/**
 * A topic in the template. It is a `CfnResource`, since the overhead of `CustomResource` slows down synthesis when there are a
 * hundred topics. It remembers whether it may be referred to, since searching the template for references does so too.
 */
export class TopicResource extends CfnResource {
  private hasReferences = false;

  /** Whether another resource may refer to this topic, or the topic to others in a way that only the template shows. */
  public get mayHaveReferences(): boolean {
    return this.hasReferences;
  }

  public override get ref(): string {
    this.hasReferences = true;
    return super.ref;
  }

  public override getAtt(attributeName: string, typeHint?: ResolutionTypeHint): Reference {
    this.hasReferences = true;
    return super.getAtt(attributeName, typeHint);
  }

  public override addOverride(path: string, value: unknown): void {
    this.hasReferences = true;
    super.addOverride(path, value);
  }

  /** Calls a function for the logical IDs of `DependsOn` whenever the template is written. */
  public renderDependsOn(produce: (context: IResolveContext) => string[]): void {
    super.addOverride('DependsOn', Lazy.uncachedAny({ produce }));
  }
}
