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
import org.apache.kafka.common.protocol.Errors;

/**
 * What tests ask for the truth: Kafka's own Java clients, independent of the client under test. One JSON command a line comes
 * in, one JSON answer with the same id goes out; it ends when its standard input closes.
 *
 * <p>Arguments: bootstrap servers of the TLS listener, folder with admin.pem and ca.pem.
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
        Inspector inspector = new Inspector(new InspectorCommands(clientSettings(args[0], Path.of(args[1]))), System.out);
        // a command that waits for a frozen broker must not hold up the next one
        Executor executor = Executors.newCachedThreadPool();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode command = JSON.readTree(line);
            executor.execute(() -> inspector.answer(command));
        }
        Runtime.getRuntime().halt(0);
    }

    private static Properties clientSettings(String bootstrap, Path tls) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("security.protocol", "SSL");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.location", tls.resolve("admin.pem").toString());
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", tls.resolve("ca.pem").toString());
        settings.put("default.api.timeout.ms", "60000");
        // wakes a client, which otherwise sleeps through its own request limit when a broker is frozen
        settings.put("metadata.max.age.ms", "1000");
        return settings;
    }

    private void answer(JsonNode command) {
        Map<String, Object> answer = new HashMap<>(Map.of("id", command.get("id").asLong()));
        try {
            answer.put("result", commands.run(command));
        } catch (Exception e) {
            Throwable cause = e instanceof ExecutionException || e instanceof CompletionException ? e.getCause() : e;
            answer.put("error", Map.of("code", Errors.forException(cause).name(), "message", String.valueOf(cause.getMessage())));
        }
        write(answer);
    }

    private synchronized void write(Map<String, Object> answer) {
        try {
            out.println(JSON.writeValueAsString(answer));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
