import fs from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { addIamPrincipal, putRolePolicy } from '../../../local/kafka/iam-keys';
import { Inspector, InspectorError } from '../../../local/kafka/inspector';
import * as msk from '../../../lib';
import { iamToken } from '../../stand-in/brokers/support/iam-client';
import { allowed, type Statement } from '../../../testkit/policies';
import type { RealCluster } from '../../../testkit/real-cluster';
import { aCluster } from '../../../testkit/stacks';

export type Give = (grants: msk.ClusterGrants, role: iam.IRole) => iam.Grant;

/** The statements that a grant adds to the policy of a role, from the template. */
export function policyOf(give: Give): Statement[] {
  const { cluster, stack } = aCluster();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  give(msk.ClusterGrants.fromCluster(cluster), role).assertSuccess();
  return allowed(Template.fromStack(stack), 'Role');
}

/** For each action of each statement: the policy without it, and a name that says which action is missing. */
export function withoutEach(policy: readonly Statement[]) {
  return policy.flatMap((statement, index) =>
    statement.actions.map((action) => {
      const actions = statement.actions.filter((other) => other !== action);
      const rest = actions.length === 0 ? [] : [{ ...statement, actions }];
      return { action: action.replace('kafka-cluster:', ''), policy: policy.toSpliced(index, 1, ...rest) };
    }),
  );
}

const KEY = { accessKeyId: 'ASIACLIENTCLIENTCLIE', secretAccessKey: 'client-secret', sessionToken: 'client-session' };
const ROLE = 'client';

/** Kafka's Java client with the credentials of a role. */
export class GrantedClient {
  public static async start(real: RealCluster): Promise<GrantedClient> {
    await addIamPrincipal(real.sharedDir, { ...KEY, role: ROLE, policy: { Statement: [] } });
    const tokenFile = path.join(real.sharedDir, 'client-token');
    fs.writeFileSync(tokenFile, await iamToken(KEY));
    const { artifacts, bootstrap, certificates } = real.set;
    const java = Inspector.start({
      artifacts,
      bootstrap: bootstrap.saslIam,
      certificatesDir: certificates.dir,
      tokenFile,
    });
    real.closing(() => java.stop());
    return new GrantedClient(real, java);
  }

  private constructor(
    public readonly real: RealCluster,
    public readonly java: Inspector,
  ) {}

  /** Restricts the role to these statements, starting with its next request. */
  public async may(policy: readonly Statement[]): Promise<void> {
    const statements = policy.map(({ actions, resources }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
    }));
    await putRolePolicy(this.real.sharedDir, ROLE, { Version: '2012-10-17', Statement: statements });
  }

  /** A token of the role, for another client. */
  public token(): Promise<string> {
    return iamToken(KEY);
  }

  public run<T>(command: string, fields: object = {}): Promise<T> {
    return this.java.run(command, fields);
  }
}

/** Why the brokers refused, or undefined if everything succeeded. Any other failure fails the test. */
export async function refusalOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof InspectorError && /_AUTHORIZATION_FAILED$|^SASL_AUTHENTICATION_FAILED$/.test(error.code))
      return error.code;
    throw error;
  }
}
