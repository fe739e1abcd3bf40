package cdkmsk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Commands of an application with records. Each command creates and closes its own clients, like a new process. */
final class AppCommands {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Properties settings;

    AppCommands(Properties settings) {
        this.settings = settings;
    }

    /** Returns null for any other command. */
    Object run(JsonNode command) throws Exception {
        String topic = command.path("topic").asText();
        return switch (command.get("do").asText()) {
            case "produceIdempotently" -> produce(topic, command);
            case "produceInTransaction" -> produceInTransaction(topic, command);
            case "processInTransaction" -> processInTransaction(topic, command);
            case "consumeInGroup" -> consumeInGroup(topic, command);
            case "runStreams" -> new StreamsApp(settings, command).run();
            case "shareGroup" -> shareGroup(topic, command);
            case "consumeAsShare" -> new ShareApp(settings, command).run();
            default -> null;
        };
    }

    private Object produce(String topic, JsonNode command) throws Exception {
        try (var app = new App()) {
            return send(app.producer(Map.of("enable.idempotence", "true")), topic, command);
        }
    }

    private Object produceInTransaction(String topic, JsonNode command) throws Exception {
        try (var app = new App()) {
            var producer = app.transactional(command);
            producer.beginTransaction();
            int count = send(producer, topic, command);
            producer.commitTransaction();
            return count;
        }
    }

    /** Reads as a group, writes to another topic, and commits the offsets in the same transaction as the writes. */
    private Object processInTransaction(String topic, JsonNode command) throws Exception {
        try (var app = new App()) {
            var consumer = app.consumer(command);
            var producer = app.transactional(command);
            int count = read(consumer, topic, 1);
            producer.beginTransaction();
            send(producer, command.get("to").asText(), command);
            producer.sendOffsetsToTransaction(positions(consumer), consumer.groupMetadata());
            producer.commitTransaction();
            return count;
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> positions(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        consumer.assignment().forEach(partition -> positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        return positions;
    }

    private static int send(KafkaProducer<byte[], byte[]> producer, String topic, JsonNode command) throws Exception {
        int count = command.path("count").asInt(1);
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(producer.send(new ProducerRecord<>(topic, String.valueOf(i).getBytes(), new byte[16])));
            Thread.sleep(command.path("pauseMs").asInt(0));
        }
        producer.flush();
        for (Future<?> future : sent) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw (Exception) e.getCause();
            }
        }
        return count;
    }

    /** Reads from the beginning as a member of the group, and commits the offsets. */
    private Object consumeInGroup(String topic, JsonNode command) {
        try (var app = new App()) {
            var consumer = app.consumer(command);
            int count = read(consumer, topic, command.path("count").asInt(1));
            consumer.commitSync();
            return count;
        }
    }

    private static int read(KafkaConsumer<byte[], byte[]> consumer, String topic, int count) {
        consumer.subscribe(List.of(topic));
        until(() -> poll(consumer) >= 0 && !consumer.assignment().isEmpty(), "assignment");
        consumer.seekToBeginning(consumer.assignment());
        int[] read = {0};
        until(() -> (read[0] += poll(consumer)) >= count, count + " records");
        return read[0];
    }

    /** Two members join and share the partitions. Then one leaves, and the other gets all partitions again. */
    private Object shareGroup(String topic, JsonNode command) {
        try (var app = new App()) {
            var stays = app.consumer(command);
            stays.subscribe(List.of(topic));
            int all = stays.partitionsFor(topic).size();
            try (var other = new App()) {
                var goes = other.consumer(command);
                goes.subscribe(List.of(topic));
                until(() -> poll(stays) + poll(goes) >= 0 && !stays.assignment().isEmpty() && !goes.assignment().isEmpty(), "shares");
            }
            until(() -> poll(stays) >= 0 && stays.assignment().size() == all, "everything");
            return all;
        }
    }

    private static int poll(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.poll(POLL).count();
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(Condition condition, String what) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("waited in vain for " + what);
            }
        }
    }

    /** The clients of one command. Closing them does not wait long for a client that was refused. */
    private final class App implements AutoCloseable {
        private final List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();
        private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();

        KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
            var producer = new KafkaProducer<>(with(more), new ByteArraySerializer(), new ByteArraySerializer());
            producers.add(producer);
            return producer;
        }

        KafkaProducer<byte[], byte[]> transactional(JsonNode command) {
            var producer = producer(Map.of("transactional.id", command.get("transactionalId").asText()));
            producer.initTransactions();
            return producer;
        }

        KafkaConsumer<byte[], byte[]> consumer(JsonNode command) {
            Properties own = with(Map.of(
                "group.id", command.get("group").asText(),
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"));
            if (command.has("protocol")) {
                own.put("group.protocol", command.get("protocol").asText());
            } else {
                own.put("heartbeat.interval.ms", "200"); // so that members quickly notice each other
            }
            if (command.has("instance")) {
                own.put("group.instance.id", command.get("instance").asText());
            }
            var consumer = new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumers.add(consumer);
            return consumer;
        }

        @Override
        public void close() {
            consumers.forEach(consumer -> consumer.close(CLOSE));
            producers.forEach(producer -> producer.close(CLOSE));
        }
    }

    private Properties with(Map<String, String> more) {
        Properties own = new Properties();
        own.putAll(settings);
        own.putAll(more);
        return own;
    }
}
