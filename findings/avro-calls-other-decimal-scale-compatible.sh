#!/usr/bin/env bash
# Avro's Java library calls two schemas compatible whose decimals have another scale, and a reader then gets another amount.
#
# Versions: Apache Avro for Java 1.11.4 and 1.12.2.
#
# Avro's specification says that for schema resolution two decimals match if their scales and precisions match, so one would expect
# SchemaCompatibility to refuse them, as it refuses an int that is read as a string. It does not look at logical types. A registry that
# relies on it lets the change pass, no exception is thrown, and 12.34 is read as 0.1234. So `TopicSchema` warns of it.
#
# Output seen:
#   1.11.4: COMPATIBLE, 12.34 is read as 0.1234
#   1.12.2: COMPATIBLE, 12.34 is read as 0.1234
set -euo pipefail
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

cat > "$WORK/Scale.java" << 'JAVA'
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

public class Scale {
  static Schema decimal(int scale) {
    return new Schema.Parser()
        .parse("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":" + scale + "}");
  }

  public static void main(String[] args) throws Exception {
    Schema writer = decimal(2);
    Schema reader = decimal(4);
    var verdict = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<BigDecimal>(writer, data).write(new BigDecimal("12.34"), encoder);
    encoder.flush();
    var decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
    var read = new GenericDatumReader<BigDecimal>(writer, reader, data).read(null, decoder);
    System.out.println(args[0] + ": " + verdict + ", 12.34 is read as " + read);
  }
}
JAVA

for version in 1.11.4 1.12.2; do
  cat > "$WORK/pom.xml" << POM
<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>avro</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.avro</groupId><artifactId>avro</artifactId><version>$version</version></dependency>
</dependencies></project>
POM
  mvn --quiet --batch-mode -Dstyle.color=never -f "$WORK/pom.xml" -DoutputDirectory="$WORK/jars-$version" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies > "$WORK/log"
  java -cp "$WORK/jars-$version/*" "$WORK/Scale.java" "$version" 2> "$WORK/log"
done | tee "$WORK/seen"
diff "$WORK/seen" <(sed -n 's/^#   //p' "$0")
