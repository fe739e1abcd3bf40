package cdkmsk.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.resource.ResourceType;

/** The ARN of the MSK cluster that these brokers belong to, and what is derived from it. */
record ClusterArn(String value) {
    /**
     * Reads the file at each use, since brokers become a cluster only after they have started. Without a file, there is none yet.
     *
     * @param configs settings of the broker, which contain the folder of its set
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

    /** Host for which clients of this cluster sign their tokens. AWS's own signers use this domain in China too. */
    String tokenHost() {
        return "kafka." + region() + ".amazonaws.com";
    }

    /** ARN of a resource of this cluster, or of the cluster itself for type CLUSTER. */
    String of(ResourceType type, String name) {
        return type == ResourceType.CLUSTER ? value : allOf(type) + name;
    }

    /** Common prefix of the ARNs of all topics (or groups, or transactional IDs) of this cluster. */
    String allOf(ResourceType type) {
        String kind = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return value.replaceFirst(":cluster/", ":" + kind + "/") + "/";
    }
}
