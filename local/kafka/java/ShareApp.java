package cdkmsk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A consumer of a share group (KIP-932), which acknowledges the records of a poll with the next one. It is called by
 * reflection, since these classes are also compiled for releases of Kafka without it.
 */
final class ShareApp {
    private static final String CONSUMER = "org.apache.kafka.clients.consumer.KafkaShareConsumer";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final JsonNode command;
    private final Class<?> type;
    private final Object consumer;

    ShareApp(Properties client, JsonNode command) throws Exception {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put("group.id", command.get("group").asText());
        this.command = command;
        this.type = Class.forName(CONSUMER);
        this.consumer = type.getConstructor(Properties.class, Deserializer.class, Deserializer.class)
            .newInstance(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads at least the requested number of records, and acknowledges them. Returns how many it read. */
    int run() throws Exception {
        int wanted = command.path("count").asInt(1);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            call("subscribe", Collection.class, List.of(command.get("topic").asText()));
            int read = 0;
            while (read < wanted) {
                read += ((ConsumerRecords<?, ?>) call("poll", Duration.class, POLL)).count();
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("waited in vain for " + wanted + " records");
                }
            }
            type.getMethod("commitSync").invoke(consumer);
            return read;
        } finally {
            call("close", Duration.class, CLOSE);
        }
    }

    private Object call(String method, Class<?> parameter, Object argument) throws Exception {
        try {
            return type.getMethod(method, parameter).invoke(consumer, argument);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
