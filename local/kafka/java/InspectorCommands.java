package cdkmsk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The commands of the inspector. They take JSON fields and return plain maps, lists and numbers. */
final class InspectorCommands {
    /** Short, so that a read quickly moves on from a frozen broker. */
    private static final int READ_LIMIT_MS = 3_000;
    /** Long, since a write must not be sent twice, and a thousand topics take a while. */
    private static final int WRITE_LIMIT_MS = 20_000;
    private static final int OFFSETS_LIMIT_MS = 10_000;

    private final Properties settings;
    private final Admin reader;
    private final Admin writer;
    private final InspectorAccess access;
    private final AdminCommands admin;
    private final AppCommands app;
    private VisibleTopics visible; // created on first use, since most tests do not need it

    InspectorCommands(Properties settings) {
        this.settings = settings;
        this.reader = Admin.create(with(READ_LIMIT_MS));
        this.writer = Admin.create(with(WRITE_LIMIT_MS));
        this.access = new InspectorAccess(writer);
        this.admin = new AdminCommands(writer);
        this.app = new AppCommands(settings);
    }

    private Properties with(int requestLimitMs) {
        Properties own = new Properties();
        own.putAll(settings);
        own.put("request.timeout.ms", String.valueOf(requestLimitMs));
        return own;
    }

    Object run(JsonNode command) throws Exception {
        String topic = command.path("topic").asText();
        return switch (command.get("do").asText()) {
            case "describeCluster" -> describeCluster();
            case "topics" -> topics(command);
            case "createTopics" -> createTopics(command.get("topics"));
            case "createVisibly" -> createVisibly(command);
            case "deleteTopic" -> done(writer.deleteTopics(List.of(topic)).all());
            case "createPartitions" -> createPartitions(topic, command.get("partitions").asInt());
            case "alterConfigs" -> alterConfigs(topic, command);
            case "produce" -> produce(topic, command.get("count").asInt(), command.path("valueBytes").asInt(16));
            case "consumeCount" -> consumeCount(topic);
            case "putScramUser", "allow", "limit" -> changeAccess(command);
            default -> runOther(command);
        };
    }

    private Object runOther(JsonNode command) throws Exception {
        Object done = admin.run(command);
        Object result = done == null ? app.run(command) : done;
        if (result == null) {
            throw new IllegalArgumentException("unknown command " + command.get("do").asText());
        }
        return result;
    }

    private Object changeAccess(JsonNode command) throws Exception {
        switch (command.get("do").asText()) {
            case "putScramUser" -> access.putScramUser(command.get("user").asText(), command.get("password").asText());
            case "allow" -> access.allow(command);
            default -> access.limit(command.get("quota").asText(), command.get("perSecond").asDouble());
        }
        return true;
    }

    private Object describeCluster() throws Exception {
        DescribeClusterResult cluster = reader.describeCluster();
        List<Object> brokers = new ArrayList<>();
        for (Node node : cluster.nodes().get()) {
            brokers.add(Map.of("id", node.id(), "host", node.host(), "port", node.port(), "rack", String.valueOf(node.rack())));
        }
        return Map.of("clusterId", cluster.clusterId().get(), "controllerId", cluster.controller().get().id(), "brokers", brokers);
    }

    private Object topics(JsonNode command) throws Exception {
        Map<String, TopicDescription> topics = answered(reader.describeTopics(names(command)).topicNameValues());
        List<ConfigResource> resources = topics.keySet().stream().map(InspectorCommands::resource).toList();
        Map<ConfigResource, Config> configs = answered(reader.describeConfigs(resources).values());
        Map<TopicPartition, Long> earliest = offsets(topics.values(), OffsetSpec.earliest());
        Map<TopicPartition, Long> latest = offsets(topics.values(), OffsetSpec.latest());
        Map<String, Object> described = new TreeMap<>();
        for (TopicDescription topic : topics.values()) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("name", topic.name());
            out.put("topicId", topic.topicId().toString());
            out.put("isInternal", topic.isInternal());
            out.put("partitions", topic.partitions().size());
            out.put("replicationFactor", topic.partitions().get(0).replicas().size());
            out.put("assignments", topic.partitions().stream().map(InspectorCommands::assignment).toList());
            out.put("configs", dynamicConfigs(configs.get(resource(topic.name()))));
            out.put("earliestOffset", sum(topic, earliest));
            out.put("latestOffset", sum(topic, latest));
            described.put(topic.name(), out);
        }
        return described.values();
    }

    private Collection<String> names(JsonNode command) throws Exception {
        if (!command.has("names")) {
            return reader.listTopics(new ListTopicsOptions().listInternal(command.path("includeInternal").asBoolean())).names().get();
        }
        List<String> names = new ArrayList<>();
        command.get("names").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** Omits what does not exist: a topic may be deleted between two requests, and a partition may have no leader. */
    private static <K, V> Map<K, V> answered(Map<K, KafkaFuture<V>> questions) throws Exception {
        Map<K, V> answers = new HashMap<>();
        for (var question : questions.entrySet()) {
            try {
                answers.put(question.getKey(), question.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) && !(e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
            }
        }
        return answers;
    }

    private static Map<String, String> dynamicConfigs(Config config) {
        Map<String, String> own = new TreeMap<>();
        if (config != null) {
            config.entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(entry -> own.put(entry.name(), entry.value()));
        }
        return own;
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicDescription> topics, OffsetSpec spec) throws Exception {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic : topics) {
            topic.partitions().stream()
                .filter(InspectorCommands::isLed) // requests for the others would only time out
                .forEach(partition -> wanted.put(new TopicPartition(topic.name(), partition.partition()), spec));
        }
        ListOffsetsResult result = reader.listOffsets(wanted, new ListOffsetsOptions().timeoutMs(OFFSETS_LIMIT_MS));
        Map<TopicPartition, KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo>> questions = new HashMap<>();
        wanted.keySet().forEach(partition -> questions.put(partition, result.partitionResult(partition)));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answered(questions).forEach((partition, answer) -> offsets.put(partition, answer.offset()));
        return offsets;
    }

    private static boolean isLed(TopicPartitionInfo partition) {
        return partition.leader() != null && !partition.leader().isEmpty();
    }

    /** Returns null unless the offset of every partition is known. */
    private static Long sum(TopicDescription topic, Map<TopicPartition, Long> offsets) {
        List<Long> known = topic.partitions().stream()
            .map(partition -> offsets.get(new TopicPartition(topic.name(), partition.partition())))
            .filter(Objects::nonNull)
            .toList();
        return known.size() < topic.partitions().size() ? null : known.stream().mapToLong(Long::longValue).sum();
    }

    private static Object assignment(TopicPartitionInfo partition) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("partition", partition.partition());
        out.put("leader", isLed(partition) ? partition.leader().id() : null);
        out.put("replicas", partition.replicas().stream().map(Node::id).toList());
        out.put("inSync", partition.isr().stream().map(Node::id).toList());
        out.put("racks", partition.replicas().stream().map(Node::rack).filter(Objects::nonNull).toList());
        return out;
    }

    /** Creates all topics in one request. */
    private Object createTopics(JsonNode topics) throws Exception {
        List<NewTopic> wanted = new ArrayList<>();
        topics.forEach(topic -> wanted.add(newTopic(topic)));
        return done(writer.createTopics(wanted).all());
    }

    /** Creates each topic with its own request, and waits for it. */
    private Object createVisibly(JsonNode command) throws Exception {
        List<NewTopic> wanted = new ArrayList<>();
        command.get("topics").forEach(topic -> wanted.add(newTopic(topic)));
        visibleTopics().create(wanted, command.get("atOnce").asInt());
        return true;
    }

    private synchronized VisibleTopics visibleTopics() {
        if (visible == null) {
            visible = new VisibleTopics(with(WRITE_LIMIT_MS));
        }
        return visible;
    }

    private static NewTopic newTopic(JsonNode topic) {
        Optional<Integer> partitions = Optional.ofNullable(topic.get("partitions")).map(JsonNode::asInt);
        Optional<Short> replicas = Optional.ofNullable(topic.get("replicationFactor")).map(node -> (short) node.asInt());
        Map<String, String> configs = new HashMap<>();
        topic.path("configs").fields().forEachRemaining(entry -> configs.put(entry.getKey(), entry.getValue().asText()));
        return new NewTopic(topic.get("name").asText(), partitions, replicas).configs(configs);
    }

    private Object createPartitions(String topic, int partitions) throws Exception {
        return done(writer.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all());
    }

    private Object alterConfigs(String topic, JsonNode command) throws Exception {
        List<AlterConfigOp> operations = new ArrayList<>();
        command.path("set").fields().forEachRemaining(entry ->
            operations.add(new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue().asText()), AlterConfigOp.OpType.SET)));
        command.path("remove").forEach(name ->
            operations.add(new AlterConfigOp(new ConfigEntry(name.asText(), null), AlterConfigOp.OpType.DELETE)));
        return done(writer.incrementalAlterConfigs(Map.of(resource(topic), operations)).all());
    }

    private static Object done(KafkaFuture<Void> future) throws Exception {
        future.get();
        return true;
    }

    /** Uses a new producer, since an existing one keeps its sequence numbers even if the topic was re-created. */
    private Object produce(String topic, int count, int valueBytes) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, String.valueOf(i).getBytes(), new byte[valueBytes])));
            }
        }
        for (Future<?> future : sent) {
            future.get();
        }
        return count;
    }

    private Object consumeCount(String topic) {
        Properties own = new Properties();
        own.putAll(settings);
        own.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long count = 0;
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                count += consumer.poll(Duration.ofMillis(100)).count();
            }
            return count;
        }
    }
}
