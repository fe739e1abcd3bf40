package cdkmsk.standin;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerExtensionsValidatorCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;

/**
 * Broker side of MSK IAM over SASL/OAUTHBEARER. Refuses a token that is expired, signed with another secret or for another
 * Region, or of a role that may not connect, with the message of MSK. As on MSK, only the broker's log contains the reason.
 */
public final class IamTokenValidator implements AuthenticateCallbackHandler {
    /** @see <a href="https://docs.aws.amazon.com/msk/latest/developerguide/configure-clients-for-iam-access-control.html">Tokens</a> */
    private static final long MAX_EXPIRES_SECONDS = 900;
    private static final long CLOCK_SKEW_SECONDS = 300;

    private Map<String, ?> configs;
    private IamKeys keys;
    private ConnectionRate rate;

    @Override
    public void configure(Map<String, ?> brokerConfigs, String mechanism, List<AppConfigurationEntry> jaas) {
        configs = brokerConfigs;
        keys = new IamKeys(brokerConfigs);
        rate = ConnectionRate.of(brokerConfigs);
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerValidatorCallback validator) {
                validator.token(validate(validator.tokenValue()));
            } else if (callback instanceof OAuthBearerExtensionsValidatorCallback extensions) {
                extensions.inputExtensions().map().keySet().forEach(extensions::valid);
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    private OAuthBearerToken validate(String token) {
        if (!rate.allowsOneMore()) {
            throw new SaslAuthenticationException("[" + UUID.randomUUID() + "]: Too many connects");
        }
        try {
            return validate(token, new SignedUrl(token), Instant.now());
        } catch (Exception e) { // any invalid token is refused, and never causes a broker error
            UUID id = UUID.randomUUID();
            System.err.println("IAM token refused: [" + id + "] " + e.getMessage());
            throw new SaslAuthenticationException("[" + id + "]: Access denied");
        }
    }

    private OAuthBearerToken validate(String token, SignedUrl url, Instant now) throws IOException, GeneralSecurityException {
        ClusterArn cluster = ClusterArn.of(configs).orElseThrow(() -> refusal("these brokers are no deployed cluster"));
        checkPurpose(url, cluster);
        Instant expires = checkTime(url, now);
        IamKeys.Key key = checkSignature(url);
        RolePolicy.Decision connect = RolePolicy.of(key.principalArn(), configs).decide(IamAccess.CONNECT, cluster.value());
        if (!connect.allowed()) {
            throw refusal(IamAccess.CONNECT + " is not allowed to " + key.principalArn() + ": " + connect.reason());
        }
        return new Token(token, key.principalArn(), expires.toEpochMilli(), url.signedAt().toEpochMilli());
    }

    private static void checkPurpose(SignedUrl url, ClusterArn cluster) {
        String origin = "https://" + cluster.tokenHost();
        if (!origin.equals(url.origin())) {
            throw refusal("host is " + url.origin() + ", not " + origin);
        }
        if (!IamAccess.CONNECT.equals(url.get("Action"))) {
            throw refusal("Action is " + url.get("Action"));
        }
        if (!"host".equals(url.get("X-Amz-SignedHeaders"))) {
            throw refusal("X-Amz-SignedHeaders is " + url.get("X-Amz-SignedHeaders"));
        }
        String day = url.get("X-Amz-Date").substring(0, 8);
        String scope = String.join("/", day, cluster.region(), "kafka-cluster", "aws4_request");
        if (!url.get("X-Amz-Credential").endsWith("/" + scope)) {
            throw refusal("scope of " + url.get("X-Amz-Credential") + " is not " + scope);
        }
    }

    private static Instant checkTime(SignedUrl url, Instant now) {
        String lifetime = url.get("X-Amz-Expires");
        if (!lifetime.matches("[1-9]\\d{0,8}") || Long.parseLong(lifetime) > MAX_EXPIRES_SECONDS) {
            throw refusal("X-Amz-Expires is " + lifetime + ", not a whole number from 1 to " + MAX_EXPIRES_SECONDS);
        }
        Instant expires = url.signedAt().plusSeconds(Long.parseLong(lifetime));
        if (!expires.isAfter(now)) {
            throw refusal("expired at " + expires);
        }
        if (url.signedAt().isAfter(now.plusSeconds(CLOCK_SKEW_SECONDS))) {
            throw refusal("signed in the future, at " + url.signedAt());
        }
        return expires;
    }

    private IamKeys.Key checkSignature(SignedUrl url) throws IOException, GeneralSecurityException {
        String accessKeyId = url.credential()[0];
        IamKeys.Key key = keys.find(accessKeyId).orElseThrow(() -> refusal("unknown access key " + accessKeyId));
        if (!key.sessionToken().equals(url.find("X-Amz-Security-Token"))) {
            throw refusal("session token is not the one of " + accessKeyId);
        }
        if (!url.isSignedWith(key.secret())) {
            throw refusal("signature of " + accessKeyId + " does not match");
        }
        return key;
    }

    private static IllegalArgumentException refusal(String reason) {
        return new IllegalArgumentException(reason);
    }

    @Override
    public void close() {}

    private record Token(String value, String principalName, long lifetimeMs, Long startTimeMs) implements OAuthBearerToken {
        @Override
        public Set<String> scope() {
            return Set.of(IamAccess.CONNECT);
        }
    }
}
