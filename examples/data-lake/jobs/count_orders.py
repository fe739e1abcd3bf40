"""A streaming job of Glue: counts the orders of each minute, and writes the counts to the lake."""

import sys

from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["connection", "topic", "target"])
glue = GlueContext(SparkContext.getOrCreate())

orders = glue.create_data_frame.from_options(
    connection_type="kafka",
    connection_options={
        "connectionName": args["connection"],
        "topicName": args["topic"],
        "startingOffsets": "earliest",
    },
)


def count(batch, batch_id):
    if batch.count() > 0:
        counted = glue.spark_session.createDataFrame([(batch_id, batch.count())], ["batch", "orders"])
        counted.write.mode("append").json(args["target"] + "orders/")


glue.forEachBatch(
    frame=orders,
    batch_function=count,
    options={"windowSize": "60 seconds", "checkpointLocation": args["target"] + "checkpoints/"},
)
