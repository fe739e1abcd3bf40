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
 * What tests ask for the truth: Kafka's own Java clients, independent of the client under test. One JSON command a line comes
 * in, one JSON answer with the same id goes out; it ends when its standard input closes.
 *
 * <p>Arguments: bootstrap servers of the TLS listener, folder with admin.pem and ca.pem. With a third one, a file with an IAM
 * token, it is no super user but a client of the IAM listener, and can do what the policy of its role allows.
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
        // a command that waits for a frozen broker must not hold up the next one
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
        // wakes a client, which otherwise sleeps through its own request limit when a broker is frozen
        settings.put("metadata.max.age.ms", "1000");
        // a broker takes a new producer's second batch when it has just refused the first one, which then fits nowhere (KAFKA-15591)
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

    /** What a broker said: futures wrap it, and a client that is in an error state because of it. */
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
