package cdkmsk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * A Kafka Streams application that counts records by a derived key. It uses two internal topics: one for repartitioning by the
 * new key, and one behind its store. The store is in memory, so that no native library is needed.
 */
final class StreamsApp {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final JsonNode command;
    private final Properties settings = new Properties();
    private final CompletableFuture<Integer> outcome = new CompletableFuture<>();

    StreamsApp(Properties client, JsonNode command) throws Exception {
        this.command = command;
        settings.putAll(client);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, command.get("applicationId").asText());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory("cdk-msk-streams-").toString());
        settings.put("auto.offset.reset", "earliest");
        if (command.has("protocol")) {
            settings.put("group.protocol", command.get("protocol").asText());
        } else {
            // otherwise, the next run waits until the group removes the member of this one
            settings.put("session.timeout.ms", "6000");
            settings.put(StreamsConfig.consumerPrefix("internal.leave.group.on.close"), true);
        }
    }

    /** Runs until it has counted the requested number of records. Returns the number of records seen since the start. */
    int run() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        int wanted = command.get("count").asInt();
        var streams = new KafkaStreams(topology(() -> {
            if (seen.incrementAndGet() >= wanted) {
                outcome.complete(seen.get());
            }
        }), settings);
        streams.setUncaughtExceptionHandler(error -> {
            outcome.completeExceptionally(refusalIn(error));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        try {
            streams.start();
            return outcome.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            streams.close(CLOSE);
            remove(new File(settings.getProperty(StreamsConfig.STATE_DIR_CONFIG)));
        }
    }

    private Topology topology(Runnable onCount) {
        var builder = new StreamsBuilder();
        builder.stream(command.get("topic").asText(), Consumed.with(Serdes.String(), Serdes.ByteArray()))
            .groupBy((key, value) -> "last digit " + key.charAt(key.length() - 1), Grouped.with(Serdes.String(), Serdes.ByteArray()))
            .count(Materialized.<String, Long>as(Stores.inMemoryKeyValueStore("counts")).withCachingDisabled())
            .toStream()
            .peek((key, count) -> onCount.run())
            .to(command.get("to").asText(), Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    /** Unwraps the error of a broker, which Streams wraps. */
    private static Throwable refusalIn(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException) {
                return cause;
            }
        }
        return error;
    }

    private static void remove(File file) {
        File[] children = file.listFiles();
        if (children != null) {
            for (File child : children) {
                remove(child);
            }
        }
        file.delete();
    }
}
