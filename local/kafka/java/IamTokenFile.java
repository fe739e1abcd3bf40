package cdkmsk.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/** Client side of MSK IAM over SASL/OAUTHBEARER. Reads a token, which a test has signed, from a file at each login. */
public final class IamTokenFile implements AuthenticateCallbackHandler {
    private static final Duration LIFETIME = Duration.ofMinutes(14);

    private Path file;

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> jaas) {
        file = Path.of(String.valueOf(jaas.get(0).getOptions().get("file")));
    }

    /** Ignores callbacks that do not ask for a token, such as those for extensions. */
    @Override
    public void handle(Callback[] callbacks) throws IOException {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerTokenCallback wanted) {
                wanted.token(new Token(Files.readString(file).trim(), System.currentTimeMillis()));
            }
        }
    }

    @Override
    public void close() {
        // nothing to close
    }

    private record Token(String value, Long startTimeMs) implements OAuthBearerToken {
        @Override
        public Set<String> scope() {
            return Set.of();
        }

        @Override
        public long lifetimeMs() {
            return startTimeMs + LIFETIME.toMillis();
        }

        @Override
        public String principalName() {
            return "app";
        }
    }
}
