package cdkmsk.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.resource.ResourceType;

/** The ARN of the MSK cluster that these brokers stand for, and what follows from it. */
record ClusterArn(String value) {
    /**
     * Read at each use: brokers are started first and become a deployed cluster later. No file: no cluster yet.
     *
     * @param configs settings of the broker, which name the folder of its set
     */
    static Optional<ClusterArn> of(Map<String, ?> configs) {
        try {
            String arn = Files.readString(Path.of(String.valueOf(configs.get("cdkmsk.set.dir")), "cluster-arn")).trim();
            return arn.isEmpty() ? Optional.empty() : Optional.of(new ClusterArn(arn));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("cluster-arn cannot be read", e);
        }
    }

    String region() {
        return value.split(":", 5)[3];
    }

    /** Host that clients of this cluster sign their tokens for. */
    String tokenHost() {
        return "kafka." + region() + (region().startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
    }

    /** ARN of a resource of this cluster; of the cluster itself when the type says so. */
    String of(ResourceType type, String name) {
        return type == ResourceType.CLUSTER ? value : allOf(type) + name;
    }

    /** What the ARNs of all topics (groups, transactional IDs) of this cluster begin with. */
    String allOf(ResourceType type) {
        String kind = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return value.replaceFirst(":cluster/", ":" + kind + "/") + "/";
    }
}
