import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.squareup.wire.schema.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.json.JSONTokener;

/** Reads schemas as a JSON list from standard input, and writes the list with the verdict of the Java library of each format. */
public final class Judges {
    private interface Judge {
        void parse(String text) throws Exception;
    }

    private static final Map<String, Judge> JUDGES =
            Map.of("AVRO", Judges::avro, "JSON", Judges::json, "PROTOBUF", Judges::protobuf);

    public static void main(String[] args) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode schemas = (ArrayNode) mapper.readTree(System.in);
        for (JsonNode schema : schemas) judge((ObjectNode) schema);
        System.out.println(mapper.writeValueAsString(schemas));
    }

    private static void judge(ObjectNode schema) {
        try {
            JUDGES.get(schema.get("format").asText()).parse(schema.get("text").asText());
            schema.put("verdict", "taken");
        } catch (UncheckedIOException elsewhere) {
            schema.put("verdict", "unknown");
        } catch (Exception | StackOverflowError refusal) {
            schema.put("verdict", "refused");
            schema.put("reason", String.valueOf(refusal.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static void avro(String text) {
        new Schema.Parser().parse(text);
    }

    private static void json(String text) {
        SchemaLoader.builder()
                .draftV7Support()
                .schemaClient(url -> {
                    throw new UncheckedIOException(new IOException(url));
                })
                .schemaJson(new JSONObject(new JSONTokener(text)))
                .build()
                .load()
                .build();
    }

    private static void protobuf(String text) throws IOException {
        Path folder = Files.createTempDirectory("schema-judges");
        try {
            Files.writeString(folder.resolve("schema.proto"), text);
            var loader = new com.squareup.wire.schema.SchemaLoader(FileSystems.getDefault());
            loader.initRoots(List.of(Location.get(folder.toString())), List.of());
            loader.loadSchema();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }
}
