import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.internal.SchemaEncoder;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.json.JSONTokener;

/**
 * Reads pairs of schemas as a JSON list from standard input, and writes the list with what the Java library of each format makes of
 * them: whether the reader reads what the writer writes. In JSON Schema and Protocol Buffers, a record decides it.
 */
public final class Pairs {
    private interface Judge {
        void judge(ObjectNode pair) throws Exception;
    }

    private static final Map<String, Judge> JUDGES =
            Map.of("AVRO", Pairs::avro, "JSON", Pairs::json, "PROTOBUF", Pairs::protobuf);

    public static void main(String[] args) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode pairs = (ArrayNode) mapper.readTree(System.in);
        for (JsonNode pair : pairs) {
            try {
                JUDGES.get(pair.get("format").asText()).judge((ObjectNode) pair);
            } catch (Exception failure) {
                throw new IllegalArgumentException(pair.toString(), failure);
            }
        }
        System.out.println(mapper.writeValueAsString(pairs));
    }

    private static void verdict(ObjectNode pair, boolean reads, String reason) {
        pair.put("verdict", reads ? "reads" : "breaks");
        if (!reads) pair.put("reason", reason);
    }

    private static void avro(ObjectNode pair) {
        var reader = new org.apache.avro.Schema.Parser().parse(pair.get("reader").asText());
        var writer = new org.apache.avro.Schema.Parser().parse(pair.get("writer").asText());
        try {
            var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
            boolean reads = result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE;
            verdict(pair, reads, reads ? "" : result.getIncompatibilities().get(0).getType().name());
        } catch (AvroRuntimeException refusal) {
            verdict(pair, false, refusal.getMessage().split(" ")[0]);
        }
    }

    private static void json(ObjectNode pair) {
        Object record = new JSONTokener(pair.get("record").toString()).nextValue();
        jsonSchema(pair.get("writer")).validate(record);
        try {
            jsonSchema(pair.get("reader")).validate(record);
            verdict(pair, true, "");
        } catch (ValidationException refusal) {
            verdict(pair, false, refusal.getAllMessages().get(0));
        }
    }

    private static Schema jsonSchema(JsonNode text) {
        JSONObject schema = new JSONObject(new JSONTokener(text.asText()));
        return SchemaLoader.builder().draftV7Support().schemaJson(schema).build().load().build();
    }

    private static void protobuf(ObjectNode pair) throws Exception {
        String name = pair.get("message").asText();
        DynamicMessage.Builder record = DynamicMessage.newBuilder(descriptor(pair.get("writer"), name));
        JsonFormat.parser().merge(pair.get("record").toString(), record);
        try {
            Descriptor reader = descriptor(pair.get("reader"), name);
            String lost = lost(record.build(), DynamicMessage.parseFrom(reader, record.build().toByteString()));
            verdict(pair, lost == null, lost);
        } catch (InvalidProtocolBufferException refusal) {
            verdict(pair, false, refusal.getMessage());
        }
    }

    /** The message, or the only one if none has the name, in Google's library, which gets the schema from Wire. */
    private static Descriptor descriptor(JsonNode text, String name) throws Exception {
        Path folder = Files.createTempDirectory("schema-judges");
        try {
            Files.writeString(folder.resolve("schema.proto"), text.asText());
            var loader = new com.squareup.wire.schema.SchemaLoader(FileSystems.getDefault());
            loader.initRoots(List.of(Location.get(folder.toString())), List.of());
            var schema = loader.loadSchema();
            ProtoFile file = schema.protoFile("schema.proto");
            byte[] encoded = new SchemaEncoder(schema).encode(file).toByteArray();
            FileDescriptor descriptor =
                    FileDescriptor.buildFrom(FileDescriptorProto.parseFrom(encoded), new FileDescriptor[0]);
            Descriptor found = descriptor.findMessageTypeByName(name);
            return found == null ? descriptor.getMessageTypes().get(0) : found;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(one -> one.toFile().delete());
            }
        }
    }

    /** A field whose value the reader does not have, or sees under another name only. A field that it does not know is no loss. */
    private static String lost(Message written, Message read) {
        for (FieldDescriptor field : written.getAllFields().keySet()) {
            FieldDescriptor same = read.getDescriptorForType().findFieldByNumber(field.getNumber());
            boolean hasName = read.getDescriptorForType().findFieldByName(field.getName()) != null;
            if (same == null && !hasName) continue;
            if (same == null || !isSame(values(written, field), values(read, same))) return field.getName();
        }
        return null;
    }

    private static List<?> values(Message message, FieldDescriptor field) {
        return field.isRepeated() ? (List<?>) message.getField(field) : List.of(message.getField(field));
    }

    private static boolean isSame(List<?> written, List<?> read) {
        if (written.size() != read.size()) return false;
        for (int i = 0; i < written.size(); i++) if (!isSame(written.get(i), read.get(i))) return false;
        return true;
    }

    private static boolean isSame(Object written, Object read) {
        if (written instanceof Message && read instanceof Message) return lost((Message) written, (Message) read) == null;
        if (written instanceof EnumValueDescriptor && read instanceof EnumValueDescriptor)
            return ((EnumValueDescriptor) written).getName().equals(((EnumValueDescriptor) read).getName());
        if (written instanceof Message && !(read instanceof ByteString)) return false;
        return plain(written).equals(plain(read));
    }

    /** Numbers, booleans and enums are the same if they are the same number. */
    private static String plain(Object value) {
        if (value instanceof EnumValueDescriptor) return String.valueOf(((EnumValueDescriptor) value).getNumber());
        if (value instanceof Boolean) return (Boolean) value ? "1" : "0";
        if (value instanceof ByteString) return ((ByteString) value).toStringUtf8();
        if (value instanceof Message) return ((Message) value).toByteString().toStringUtf8();
        return String.valueOf(value);
    }
}
