import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParseException;

/** Reads pairs of schemas as a JSON list from standard input, and writes the list with what the Java library of each format makes of them. */
public final class Pairs {
    private interface Judge {
        void judge(ObjectNode pair) throws Exception;
    }

    private static final Map<String, Judge> JUDGES = Map.of("AVRO", Pairs::avro);

    public static void main(String[] args) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode pairs = (ArrayNode) mapper.readTree(System.in);
        for (JsonNode pair : pairs) JUDGES.get(pair.get("format").asText()).judge((ObjectNode) pair);
        System.out.println(mapper.writeValueAsString(pairs));
    }

    /** Whether the library says that the reader can read what the writer has written. */
    private static void avro(ObjectNode pair) {
        Schema reader = new Schema.Parser().parse(pair.get("reader").asText());
        Schema writer = new Schema.Parser().parse(pair.get("writer").asText());
        try {
            var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
            boolean reads = result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE;
            pair.put("verdict", reads ? "reads" : "breaks");
            if (!reads) pair.put("reason", result.getIncompatibilities().get(0).getType().name());
        } catch (AvroRuntimeException refusal) {
            pair.put("verdict", "breaks").put("reason", refusal.getMessage().split(" ")[0]);
        }
    }
}
