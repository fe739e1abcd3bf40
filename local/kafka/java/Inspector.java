package cdkmsk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

/**
 * Runs Kafka's own Java clients, so that tests can verify results independently of the client under test. Reads one JSON
 * command per line, writes one JSON answer with the same id, and ends when its standard input closes.
 *
 * <p>Arguments: bootstrap servers of the TLS listener, folder with admin.pem and ca.pem. With a third argument, a file with
 * an IAM token, it is not a super user but a client of the IAM listener, limited by the policy of its role.
 */
public final class Inspector {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InspectorCommands commands;
    private final PrintStream out;

    private Inspector(InspectorCommands commands, PrintStream out) {
        this.commands = commands;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        Inspector inspector = new Inspector(new InspectorCommands(settings(args)), System.out);
        // a command that waits for a frozen broker must not block the next one
        Executor executor = Executors.newCachedThreadPool();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode command = JSON.readTree(line);
            executor.execute(() -> inspector.answer(command));
        }
        Runtime.getRuntime().halt(0);
    }

    private static Properties settings(String[] args) {
        Path tls = Path.of(args[1]);
        Properties settings = args.length > 2 ? ofClient(args[2]) : ofSuperUser(tls);
        settings.put("bootstrap.servers", args[0]);
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", tls.resolve("ca.pem").toString());
        settings.put("default.api.timeout.ms", "60000");
        // wakes up the client, which otherwise misses its own request timeout if a broker is frozen
        settings.put("metadata.max.age.ms", "1000");
        // a broker that refused a new producer's first batch may accept the second, and then never the first (KAFKA-15591)
        settings.put("max.in.flight.requests.per.connection", "1");
        return settings;
    }

    private static Properties ofSuperUser(Path tls) {
        Properties settings = new Properties();
        settings.put("security.protocol", "SSL");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.location", tls.resolve("admin.pem").toString());
        return settings;
    }

    private static Properties ofClient(String tokenFile) {
        Properties settings = new Properties();
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "OAUTHBEARER");
        settings.put("sasl.login.callback.handler.class", IamTokenFile.class.getName());
        settings.put("sasl.jaas.config", OAuthBearerLoginModule.class.getName() + " required file=\"" + tokenFile + "\";");
        return settings;
    }

    private void answer(JsonNode command) {
        Map<String, Object> answer = new HashMap<>(Map.of("id", command.get("id").asLong()));
        try {
            answer.put("result", commands.run(command));
        } catch (Exception e) {
            Throwable cause = reasonOf(e);
            answer.put("error", Map.of("code", Errors.forException(cause).name(), "message", String.valueOf(cause.getMessage())));
        }
        write(answer);
    }

    /** Unwraps the error of a broker, which futures wrap, and also clients that are in an error state because of it. */
    private static Throwable reasonOf(Throwable thrown) {
        boolean wraps = thrown instanceof ExecutionException || thrown instanceof CompletionException
            || thrown.getClass() == KafkaException.class;
        return wraps && thrown.getCause() != null ? reasonOf(thrown.getCause()) : thrown;
    }

    private synchronized void write(Map<String, Object> answer) {
        try {
            out.println(JSON.writeValueAsString(answer));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
