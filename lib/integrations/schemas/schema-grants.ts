import type * as iam from 'aws-cdk-lib/aws-iam';
import { grantActions } from '../../access/apply-grant';
import facts from '../../model/facts/iam.json';
import { checked } from '../../internal/signatures/checked';

/**
 * Grants producers and consumers permissions on a schema.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/schema-registry-gs.html
 */
@checked('SchemaGrants')
export class SchemaGrants {
  /** @internal */
  public static _of(registryArn: string, schemaArn: string): SchemaGrants {
    return new SchemaGrants([registryArn, schemaArn]);
  }

  private constructor(private readonly resourceArns: string[]) {}

  /** Allows a consumer to decode records, by looking up the schema version that a record names. */
  public read(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, facts.schemas.read);
  }

  /** Allows a producer to encode records with a registered schema version, such as one defined in this app. */
  public write(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, facts.schemas.write);
  }

  /** Allows a producer with `schemaAutoRegistrationEnabled` to encode records and to register new schema versions. */
  public register(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, facts.schemas.register);
  }

  private grant(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return grantActions(grantee, actions, ...this.resourceArns);
  }
}
