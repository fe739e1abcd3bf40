package cdkmsk.standin;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Access control as on Amazon MSK with KRaft: IAM for a principal that is an ARN, Kafka ACLs for all others. */
public final class IamAuthorizer extends StandardAuthorizer {
    private IamAccess iam;

    @Override
    public void configure(Map<String, ?> brokerConfigs) {
        super.configure(brokerConfigs);
        iam = new IamAccess(brokerConfigs);
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        return IamAccess.appliesTo(context) ? iam.authorize(context, actions) : super.authorize(context, actions);
    }

    /** Used by InitProducerId: permission to write to some topic includes idempotent writes, without one on the cluster. */
    @Override
    public AuthorizationResult authorizeByResourceType(AuthorizableRequestContext context, AclOperation operation, ResourceType type) {
        return IamAccess.appliesTo(context)
            ? iam.authorizeByResourceType(context, operation, type)
            : super.authorizeByResourceType(context, operation, type);
    }
}
