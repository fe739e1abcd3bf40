package cdkmsk.standin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/** The same as {@link IamAuthorizer}, with the ACLs of ZooKeeper. Their class is found by name: releases from 4.0 on lack it. */
public final class ZooKeeperIamAuthorizer implements Authorizer {
    private final Authorizer acls;
    private IamAccess iam;

    public ZooKeeperIamAuthorizer() throws ReflectiveOperationException {
        acls = (Authorizer) Class.forName("kafka.security.authorizer.AclAuthorizer").getDeclaredConstructor().newInstance();
    }

    @Override
    public void configure(Map<String, ?> brokerConfigs) {
        acls.configure(brokerConfigs);
        iam = new IamAccess(brokerConfigs);
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        return IamAccess.appliesTo(context) ? iam.authorize(context, actions) : acls.authorize(context, actions);
    }

    @Override
    public AuthorizationResult authorizeByResourceType(AuthorizableRequestContext context, AclOperation operation, ResourceType type) {
        return IamAccess.appliesTo(context)
            ? iam.authorizeByResourceType(context, operation, type)
            : acls.authorizeByResourceType(context, operation, type);
    }

    @Override
    public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
        return acls.start(server);
    }

    @Override
    public List<? extends CompletionStage<AclCreateResult>> createAcls(AuthorizableRequestContext context, List<AclBinding> bindings) {
        return acls.createAcls(context, bindings);
    }

    @Override
    public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(AuthorizableRequestContext context, List<AclBindingFilter> filters) {
        return acls.deleteAcls(context, filters);
    }

    @Override
    public Iterable<AclBinding> acls(AclBindingFilter filter) {
        return acls.acls(filter);
    }

    @Override
    public void close() throws IOException {
        acls.close();
    }
}
