package cdkmsk.standin;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.SocketFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Creates topics with Kafka's own AdminClient, one per request, and waits for each until every broker shows it, as a baseline
 * for other clients. One client creates all of them. Its connections stay open, as do those used to ask the brokers.
 */
final class VisibleTopics {
    /** As short as possible, so that it adds no noticeable delay. */
    private static final int PAUSE_MS = 1;

    private final Admin admin;
    private final SocketFactory sockets;
    private final Deque<List<BrokerProbe>> idle = new ArrayDeque<>();

    VisibleTopics(Properties settings) {
        this.admin = Admin.create(settings);
        DefaultSslEngineFactory tls = new DefaultSslEngineFactory();
        tls.configure(new AdminClientConfig(settings).values());
        this.sockets = tls.sslContext().getSocketFactory();
    }

    /** Creates the topics, {@code atOnce} at a time. */
    void create(Collection<NewTopic> topics, int atOnce) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<?>> made = new ArrayList<>();
            for (NewTopic topic : topics) {
                made.add(threads.submit(() -> createOne(topic)));
            }
            for (Future<?> one : made) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private Void createOne(NewTopic topic) throws Exception {
        List<BrokerProbe> probes = takeProbes();
        admin.createTopics(List.of(topic)).all().get();
        while (!isShownByAll(probes, topic)) {
            Thread.sleep(PAUSE_MS);
        }
        giveBack(probes);
        return null;
    }

    private List<BrokerProbe> takeProbes() throws Exception {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        List<BrokerProbe> probes = new ArrayList<>();
        for (Node node : admin.describeCluster().nodes().get()) {
            probes.add(new BrokerProbe(sockets.createSocket(node.host(), node.port())));
        }
        return probes;
    }

    private void giveBack(List<BrokerProbe> probes) {
        synchronized (idle) {
            idle.push(probes);
        }
    }

    private static boolean isShownByAll(List<BrokerProbe> probes, NewTopic topic) throws IOException {
        for (BrokerProbe probe : probes) {
            probe.ask(topic.name());
        }
        boolean byAll = true;
        for (BrokerProbe probe : probes) {
            byAll &= probe.shows(topic.numPartitions());
        }
        return byAll;
    }
}
