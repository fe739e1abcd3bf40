package cdkmsk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Commands of the inspector for SCRAM users, ACLs and quotas. */
final class InspectorAccess {
    private static final int FEWEST_ITERATIONS = 4096; // the minimum of Kafka, which is enough for tests

    private final Admin admin;

    InspectorAccess(Admin admin) {
        this.admin = admin;
    }

    void putScramUser(String name, String password) throws Exception {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, FEWEST_ITERATIONS);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, info, password))).all().get();
    }

    /** Allows operations on resources with a prefix. The first ACL on a resource locks out all other principals. */
    void allow(JsonNode command) throws Exception {
        ResourceType type = ResourceType.fromString(command.get("resource").asText());
        PatternType pattern = type == ResourceType.CLUSTER ? PatternType.LITERAL : PatternType.PREFIXED;
        ResourcePattern resource = new ResourcePattern(type, command.get("name").asText(), pattern);
        String principal = command.get("principal").asText();
        admin.createAcls(Arrays.stream(command.get("operations").asText().split(","))
            .map(operation -> new AccessControlEntry(principal, "*", AclOperation.fromString(operation), AclPermissionType.ALLOW))
            .map(entry -> new AclBinding(resource, entry)).toList()).all().get();
    }

    /** Sets the default quota per second for users; see Kafka's list of quotas. */
    void limit(String quota, double perSecond) throws Exception {
        ClientQuotaEntity everybody = new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.USER, null));
        ClientQuotaAlteration.Op rate = new ClientQuotaAlteration.Op(quota, perSecond > 0 ? perSecond : null);
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(everybody, List.of(rate)))).all().get();
    }
}
