# Starts one real Kafka node (KRaft, controller and broker in one) for a finding. Source it with a fresh folder in WORK, call
# `start_kafka VERSION`, and then `probe`. Everything is in that folder, which goes with the node when the script ends.
set -euo pipefail

KAFKA_PID=

clean_up() {
  local status=$?
  if [ -n "$KAFKA_PID" ]; then
    kill "$KAFKA_PID" 2> /dev/null || true
    wait "$KAFKA_PID" 2> /dev/null || true
  fi
  rm -rf "$WORK"
  exit "$status"
}
trap clean_up EXIT

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

start_kafka() {
  local version=$1 controller
  cat > "$WORK/pom.xml" << POM
<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>kafka</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
</dependencies></project>
POM
  mvn --quiet --batch-mode -Dstyle.color=never -f "$WORK/pom.xml" -DoutputDirectory="$WORK/jars" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies
  BOOTSTRAP=127.0.0.1:$(free_port)
  controller=127.0.0.1:$(free_port)
  cat > "$WORK/server.properties" << PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@$controller
controller.listener.names=CONTROLLER
listeners=CLIENT://$BOOTSTRAP,CONTROLLER://$controller
listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENT
log.dirs=$WORK/data
offsets.topic.replication.factor=1
PROPERTIES
  java -cp "$WORK/jars/*" kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ -c "$WORK/server.properties" > "$WORK/log" 2>&1
  java -Xmx400m -cp "$WORK/jars/*" kafka.Kafka "$WORK/server.properties" >> "$WORK/log" 2>&1 &
  KAFKA_PID=$!
  until node -e 'const [h, p] = process.argv[1].split(":"); require("net").connect(p, h).on("connect", () => process.exit(0)).on("error", () => process.exit(1))' "$BOOTSTRAP"; do
    kill -0 "$KAFKA_PID" 2> /dev/null || { cat "$WORK/log" >&2; return 1; }
    sleep 0.2
  done
}

# Reads a script from standard input and runs it with Node.js 24 and @platformatic/kafka, which it finds as `kafka`; `connection` is a
# connection to the node.
probe() {
  npm install --silent --no-audit --no-fund --prefix "$WORK" node@24.21.0 @platformatic/kafka@2.12.1
  cat - > "$WORK/body.mjs"
  cat > "$WORK/probe.mjs" << JS
import * as kafka from '@platformatic/kafka';
const connection = new kafka.Connection('finding', {});
await connection.connect('${BOOTSTRAP%:*}', ${BOOTSTRAP#*:});
$(cat "$WORK/body.mjs")
await connection.close();
JS
  "$WORK/node_modules/.bin/node" "$WORK/probe.mjs"
}
