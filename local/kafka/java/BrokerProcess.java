package cdkmsk.standin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Runs a main class, such as kafka.Kafka, but halts when its standard input closes, or after a time to live, so that it does not
 * outlive its owner.
 * Also answers {@code GET /mbeans?query=PATTERN} on loopback, so that tests can read the broker's own metrics without RMI.
 */
public final class BrokerProcess {
    private static final String QUERY = "query=";
    private static final JsonFactory JSON = new JsonFactory();

    private BrokerProcess() {}

    public static void main(String[] args) throws Exception {
        long ttlSeconds = Long.getLong("cdkmsk.ttl.seconds", 3600);
        daemon("time-to-live", () -> {
            Thread.sleep(ttlSeconds * 1000);
            System.err.println("Time to live of " + ttlSeconds + " s is over");
        });
        daemon("owner", () -> System.in.transferTo(OutputStream.nullOutputStream()));
        serveMBeans(Integer.getInteger("cdkmsk.mbeans.port"));
        // by name, since releases from 4.0 on come without ZooKeeper
        Method program = Class.forName(args[0]).getMethod("main", String[].class);
        program.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    }

    /** Halts the process when the body returns. A clean shutdown would wait for brokers that may be gone too. */
    private static void daemon(String name, Body body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Exception e) {
                e.printStackTrace();
            }
            Runtime.getRuntime().halt(3);
        }, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void serveMBeans(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/mbeans", BrokerProcess::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String pattern = query != null && query.startsWith(QUERY) ? query.substring(QUERY.length()) : "";
        int status = 200;
        Map<String, Map<String, Object>> body;
        try {
            body = mbeans(new ObjectName(URLDecoder.decode(pattern, StandardCharsets.UTF_8)));
        } catch (MalformedObjectNameException e) {
            status = 400;
            body = Map.of("error", Map.of("message", String.valueOf(e.getMessage())));
        }
        byte[] json = json(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    /** Written without a mapper, which would slow down the start of every broker. */
    private static byte[] json(Map<String, Map<String, Object>> beans) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            generator.writeStartObject();
            for (Map.Entry<String, Map<String, Object>> bean : beans.entrySet()) {
                generator.writeObjectFieldStart(bean.getKey());
                for (Map.Entry<String, Object> attribute : bean.getValue().entrySet()) {
                    generator.writeFieldName(attribute.getKey());
                    write(generator, attribute.getValue());
                }
                generator.writeEndObject();
            }
            generator.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Double || value instanceof Float) {
            generator.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Number) {
            generator.writeNumber(value.toString());
        } else {
            generator.writeString((String) value);
        }
    }

    private static Map<String, Map<String, Object>> mbeans(ObjectName pattern) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Map<String, Map<String, Object>> found = new TreeMap<>();
        for (ObjectName name : server.queryNames(pattern, null)) {
            try {
                found.put(name.getCanonicalName(), attributes(server, name));
            } catch (JMException e) {
                continue; // unregistered since the query
            }
        }
        return found;
    }

    private static Map<String, Object> attributes(MBeanServer server, ObjectName name) throws JMException {
        Map<String, Object> values = new TreeMap<>();
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
            Object value = attribute.isReadable() ? server.getAttribute(name, attribute.getName()) : null;
            if (value instanceof String || value instanceof Number number && Double.isFinite(number.doubleValue())) {
                values.put(attribute.getName(), value);
            }
        }
        return values;
    }

    private interface Body {
        void run() throws Exception;
    }
}
