package cdkmsk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ElectionNotNeededException;

/** Administrative commands except those for topics: brokers, groups, transactions and records. */
final class AdminCommands {
    /** A type of resources with configs, since Kafka 4.0. */
    private static final byte GROUP = 32;

    private final Admin admin;

    AdminCommands(Admin admin) {
        this.admin = admin;
    }

    /** Returns null for any other command. */
    Object run(JsonNode command) throws Exception {
        String group = command.path("group").asText();
        TopicPartition first = new TopicPartition(command.path("topic").asText(), 0);
        return switch (command.get("do").asText()) {
            case "brokers" -> admin.describeMetadataQuorum().quorumInfo().get().voters().size();
            case "brokerConfigs" -> admin.describeConfigs(List.of(broker("1"))).all().get().size();
            case "setBrokerConfig" -> setBrokerConfig(command.get("name").asText(), command.path("value").asText(null));
            case "electLeaders" -> electLeaders(first);
            case "topicConfigs" -> admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, first.topic()))).all().get().size();
            case "topicOffset" -> admin.listOffsets(Map.of(first, OffsetSpec.latest())).partitionResult(first).get().offset();
            case "describeTopic" -> admin.describeTopics(List.of(first.topic())).allTopicNames().get().size();
            case "deleteRecords" -> done(admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(-1))).all().get());
            case "group" -> admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().size();
            case "groupOffsets" -> committed(group);
            case "resetGroup" -> done(admin.alterConsumerGroupOffsets(group, Map.of(first, new OffsetAndMetadata(0))).all().get());
            case "removeMember" -> removeMember(group, command.get("instance").asText());
            case "deleteGroup" -> done(admin.deleteConsumerGroups(List.of(group)).all().get());
            case "setGroupConfig" -> setGroupConfig(group, command.get("name").asText(), command.get("value").asText());
            case "enableFeature" -> enableFeature(command.get("name").asText());
            case "transaction" -> transaction(command.get("transactionalId").asText());
            default -> null;
        };
    }

    private Object committed(String group) throws Exception {
        Map<String, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()
            .forEach((partition, offset) -> offsets.put(partition.toString(), offset.offset()));
        return offsets;
    }

    private Object transaction(String id) throws Exception {
        return admin.describeTransactions(List.of(id)).all().get().get(id).state().toString();
    }

    private Object setBrokerConfig(String name, String value) throws Exception {
        AlterConfigOp.OpType kind = value == null ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET;
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), kind);
        return done(admin.incrementalAlterConfigs(Map.of(broker(""), List.of(change))).all().get());
    }

    private Object setGroupConfig(String group, String name, String value) throws Exception {
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.forId(GROUP), group);
        return done(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get());
    }

    /** Raises a feature, such as group.version, to the highest level that the brokers support. */
    private Object enableFeature(String name) throws Exception {
        short highest = admin.describeFeatures().featureMetadata().get().supportedFeatures().get(name).maxVersion();
        FeatureUpdate update = new FeatureUpdate(highest, FeatureUpdate.UpgradeType.UPGRADE);
        return done(admin.updateFeatures(Map.of(name, update), new UpdateFeaturesOptions()).all().get());
    }

    /** Succeeds if the preferred leader is already the leader, which is usually the case. */
    private Object electLeaders(TopicPartition partition) throws Exception {
        var answer = admin.electLeaders(ElectionType.PREFERRED, Set.of(partition)).partitions().get().get(partition);
        if (answer.isPresent() && !(answer.get() instanceof ElectionNotNeededException)) {
            throw (Exception) answer.get();
        }
        return true;
    }

    private Object removeMember(String group, String instance) throws Exception {
        var options = new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(instance)));
        return done(admin.removeMembersFromConsumerGroup(group, options).all().get());
    }

    private static ConfigResource broker(String id) {
        return new ConfigResource(ConfigResource.Type.BROKER, id);
    }

    private static Object done(Object nothing) {
        return true;
    }
}
