package cdkmsk.standin;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.RequestHeader;

/** Asks one specific broker about a topic. Kafka's own clients choose the broker themselves. */
final class BrokerProbe {
    private static final short VERSION = 12; // the first version with topic IDs that all releases since 3.7 support

    private final Socket socket;
    private final DataInputStream in;
    private int correlationId;

    BrokerProbe(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.setTcpNoDelay(true);
    }

    /** Sends the request. Several brokers can be asked before the first response is read. */
    void ask(String topic) throws IOException {
        RequestHeader header = new RequestHeader(ApiKeys.METADATA, VERSION, "inspector", ++correlationId);
        ByteBuffer request = new MetadataRequest.Builder(List.of(topic), false).build(VERSION).serializeWithHeader(header);
        byte[] framed = new byte[Integer.BYTES + request.remaining()];
        ByteBuffer.wrap(framed).putInt(request.remaining()).put(request);
        socket.getOutputStream().write(framed); // in one write, since two writes would be two TLS records
    }

    /** Reads the response: whether the topic has at least this number of partitions, each with a leader. */
    boolean shows(int partitions) throws IOException {
        ByteBufferAccessor answer = new ByteBufferAccessor(ByteBuffer.wrap(in.readNBytes(in.readInt())));
        new ResponseHeaderData(answer, ApiKeys.METADATA.responseHeaderVersion(VERSION));
        for (MetadataResponseTopic topic : new MetadataResponseData(answer, VERSION).topics()) {
            return topic.partitions().size() >= partitions
                && topic.partitions().stream().allMatch(partition -> partition.leaderId() >= 0);
        }
        return false;
    }
}
