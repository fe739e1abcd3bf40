import * as iam from 'aws-cdk-lib/aws-iam';
import facts from '../../model/facts/iam.json';

/**
 * What producers and consumers may do with a schema.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry-gs.html
 */
export class SchemaGrants {
  /** @internal */
  public static _of(registryArn: string, schemaArn: string): SchemaGrants {
    return new SchemaGrants([registryArn, schemaArn]);
  }

  private constructor(private readonly resourceArns: string[]) {}

  /** Decode records: look up the version that a record names. */
  public read(grantee: iam.IGrantable): iam.Grant {
    return this.give(grantee, facts.schemas.read);
  }

  /** Encode records by a version that is registered already, as those of this app are. */
  public write(grantee: iam.IGrantable): iam.Grant {
    return this.give(grantee, facts.schemas.write);
  }

  /** Encode records, and register a version that is new: for producers with `schemaAutoRegistrationEnabled`. */
  public register(grantee: iam.IGrantable): iam.Grant {
    return this.give(grantee, facts.schemas.register);
  }

  private give(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: this.resourceArns });
  }
}
