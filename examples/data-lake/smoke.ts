import { count, expect, output } from '../shared/deployed';

/** The schema has its first version, and Firehose and Glue have what they read the topic with. */
export async function smoke(): Promise<void> {
  await output('DataLake', 'SchemaVersion');
  await output('DataLake', 'Job');
  for (const type of ['AWS::KinesisFirehose::DeliveryStream', 'AWS::Glue::Connection', 'AWS::Glue::Schema']) {
    expect(type, await count('DataLake', type), 1);
  }
}
