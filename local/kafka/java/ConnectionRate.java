package cdkmsk.standin;

import java.util.ArrayDeque;
import java.util.Map;

/**
 * MSK's limit on new IAM connections to a broker within a second: 4 on t3 instances, 100 on others.
 *
 * @see <a href="https://docs.aws.amazon.com/msk/latest/developerguide/limits.html">Quota</a>
 */
final class ConnectionRate {
    private static final long SECOND = 1_000_000_000L;
    private static final ArrayDeque<Long> LATEST = new ArrayDeque<>(); // of the whole broker, whose threads have a validator each

    private final int perSecond;

    private ConnectionRate(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Without the property, the rate is not limited. */
    static ConnectionRate of(Map<String, ?> configs) {
        Object limit = configs.get("cdkmsk.iam.connections.per.second");
        return new ConnectionRate(limit == null ? Integer.MAX_VALUE : Integer.parseInt(String.valueOf(limit)));
    }

    boolean allowsOneMore() {
        synchronized (LATEST) {
            long now = System.nanoTime();
            while (!LATEST.isEmpty() && now - LATEST.peek() >= SECOND) {
                LATEST.remove();
            }
            return LATEST.size() < perSecond && LATEST.add(now);
        }
    }
}
