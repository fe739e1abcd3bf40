package cdkmsk.standin;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Access control of Amazon MSK for principals that are ARNs: only the IAM policy of the role applies. The policy is the one that
 * the template deploys, so tests can prove that a grant is sufficient and minimal.
 */
final class IamAccess {
    static final String CONNECT = "kafka-cluster:Connect";

    /** @see <a href="https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html">Semantics of actions</a> */
    private static final Map<String, String> ACTIONS = Map.ofEntries(
        entry("CLUSTER:DESCRIBE", "DescribeCluster"),
        entry("CLUSTER:ALTER", "AlterCluster"),
        entry("CLUSTER:DESCRIBE_CONFIGS", "DescribeClusterDynamicConfiguration"),
        entry("CLUSTER:ALTER_CONFIGS", "AlterClusterDynamicConfiguration"),
        entry("CLUSTER:IDEMPOTENT_WRITE", "WriteDataIdempotently"),
        entry("TOPIC:CREATE", "CreateTopic"),
        entry("TOPIC:DESCRIBE", "DescribeTopic"),
        entry("TOPIC:ALTER", "AlterTopic"),
        entry("TOPIC:DELETE", "DeleteTopic"),
        entry("TOPIC:DESCRIBE_CONFIGS", "DescribeTopicDynamicConfiguration"),
        entry("TOPIC:ALTER_CONFIGS", "AlterTopicDynamicConfiguration"),
        entry("TOPIC:READ", "ReadData"),
        entry("TOPIC:WRITE", "WriteData"),
        entry("GROUP:DESCRIBE", "DescribeGroup"),
        entry("GROUP:READ", "AlterGroup"),
        entry("GROUP:DELETE", "DeleteGroup"),
        entry("TRANSACTIONAL_ID:DESCRIBE", "DescribeTransactionalId"),
        entry("TRANSACTIONAL_ID:WRITE", "AlterTransactionalId"));

    private final Map<String, ?> configs;

    IamAccess(Map<String, ?> brokerConfigs) {
        configs = brokerConfigs;
    }

    List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        Request request = request(context);
        List<AuthorizationResult> results = new ArrayList<>(actions.size());
        for (Action action : actions) {
            results.add(request.judge(action));
        }
        return results;
    }

    AuthorizationResult authorizeByResourceType(AuthorizableRequestContext context, AclOperation operation, ResourceType type) {
        return request(context).judgeSome(operation, type);
    }

    static boolean appliesTo(AuthorizableRequestContext context) {
        return context.principal().getName().startsWith("arn:");
    }

    /** Reads the current files, once for all actions of a request. */
    private Request request(AuthorizableRequestContext context) {
        String principal = context.principal().getName();
        return new Request(principal, ClusterArn.of(configs), RolePolicy.of(principal, configs));
    }

    private record Request(String principal, Optional<ClusterArn> cluster, RolePolicy policy) {
        AuthorizationResult judge(Action action) {
            ResourceType type = action.resourcePattern().resourceType();
            String name = ACTIONS.get(type + ":" + action.operation());
            String arn = cluster.map(it -> it.of(type, action.resourcePattern().name())).orElse("no cluster");
            RolePolicy.Decision decision = name == null ? unknown(type, action.operation()) : decide(name, arn);
            return result(decision, action.logIfDenied(), (name == null ? action.operation() : name) + " on " + arn);
        }

        AuthorizationResult judgeSome(AclOperation operation, ResourceType type) {
            String name = ACTIONS.get(type + ":" + operation);
            if (name == null || cluster.isEmpty()) {
                return result(unknown(type, operation), true, operation + " on any " + type);
            }
            String prefix = cluster.get().allOf(type);
            RolePolicy.Decision connect = policy.decide(CONNECT, cluster.get().value());
            RolePolicy.Decision decision = connect.allowed() ? policy.decideForSome("kafka-cluster:" + name, prefix) : connect;
            return result(decision, true, name + " on " + prefix + "*");
        }

        private RolePolicy.Decision decide(String name, String arn) {
            if (cluster.isEmpty()) {
                return RolePolicy.Decision.no("these brokers are no deployed cluster");
            }
            RolePolicy.Decision decision = policy.decide("kafka-cluster:" + name, arn);
            return decision.allowed() ? policy.decide(CONNECT, cluster.get().value()) : decision;
        }

        private static RolePolicy.Decision unknown(ResourceType type, AclOperation operation) {
            return RolePolicy.Decision.no("no kafka-cluster action stands for " + operation + " of " + type);
        }

        private AuthorizationResult result(RolePolicy.Decision decision, boolean log, String what) {
            if (!decision.allowed() && log) {
                System.err.println("IAM denied: " + principal + " " + what + " (" + decision.reason() + ")");
            }
            return decision.allowed() ? AuthorizationResult.ALLOWED : AuthorizationResult.DENIED;
        }
    }
}
