"""The server properties that a configuration may contain.

@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html (Standard)
@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html (Express)
"""

ALLOWED = frozenset(
    """
    allow.everyone.if.no.acl.found
    auto.create.topics.enable
    compression.type
    connections.max.idle.ms
    custom.advertised.listeners
    default.replication.factor
    delete.topic.enable
    group.initial.rebalance.delay.ms
    group.max.session.timeout.ms
    group.min.session.timeout.ms
    leader.imbalance.per.broker.percentage
    log.cleaner.delete.retention.ms
    log.cleaner.min.cleanable.ratio
    log.cleanup.policy
    log.flush.interval.messages
    log.flush.interval.ms
    log.message.timestamp.after.max.ms
    log.message.timestamp.before.max.ms
    log.message.timestamp.difference.max.ms
    log.message.timestamp.type
    log.retention.bytes
    log.retention.hours
    log.retention.minutes
    log.retention.ms
    log.roll.ms
    log.segment.bytes
    max.connections.per.ip
    max.incremental.fetch.session.cache.slots
    message.max.bytes
    min.insync.replicas
    num.io.threads
    num.network.threads
    num.partitions
    num.recovery.threads.per.data.dir
    num.replica.fetchers
    offsets.retention.minutes
    offsets.topic.replication.factor
    replica.fetch.max.bytes
    replica.fetch.response.max.bytes
    replica.lag.time.max.ms
    replica.selector.class
    replica.socket.receive.buffer.bytes
    socket.receive.buffer.bytes
    socket.request.max.bytes
    socket.send.buffer.bytes
    transaction.max.timeout.ms
    transaction.state.log.min.isr
    transaction.state.log.replication.factor
    transactional.id.expiration.ms
    unclean.leader.election.enable
    zookeeper.connection.timeout.ms
    zookeeper.session.timeout.ms
    """.split()
)


def complaint_about(text: str) -> str | None:
    """Reports the first line that is not a property from the list."""
    for line in (it.strip() for it in text.splitlines()):
        key = line.partition("=")[0].strip()
        if line and not line.startswith("#") and key not in ALLOWED:
            return f"Unsupported server property: {key}"
    return None
