package cdkmsk.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The valid access keys, from a file with lines {@code accessKeyId=secret|principalArn[|sessionToken]}. */
final class IamKeys {
    private final Path file;

    IamKeys(Map<String, ?> configs) {
        file = Path.of(String.valueOf(configs.get("cdkmsk.shared.dir")), "iam.properties");
    }

    /** Reads the file for each token, so that keys can be added and removed while brokers run. */
    Optional<Key> find(String accessKeyId) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(accessKeyId + "=")).reduce((first, last) -> last).map(Key::of);
        }
    }

    record Key(String secret, String principalArn, Optional<String> sessionToken) {
        private static Key of(String line) {
            String[] parts = line.substring(line.indexOf('=') + 1).split("\\|", -1);
            return new Key(parts[0], parts[1], Optional.of(parts.length > 2 ? parts[2] : "").filter(token -> !token.isEmpty()));
        }
    }
}
