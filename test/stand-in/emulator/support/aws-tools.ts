import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { preparePython } from '../../../../local/emulator/python';
import { ROOT } from '../../../../testkit/native';
import type { Stage } from './stage';

const run = promisify(execFile);

/**
 * Prints the answers that boto3 gets to the given questions, each with its names that botocore's model does not have, and
 * the status and message of an error.
 */
const BOTO3 = `
import boto3, botocore, json, sys
kafka, unknown = boto3.client('kafka'), []
def compare(value, shape, path):
    if shape.type_name == 'structure':
        names = {it.serialization.get('name', name): it for name, it in shape.members.items()}
        unknown.extend(path + it for it in value if it not in names)
        for name in value.keys() & names.keys(): compare(value[name], names[name], path + name + '.')
    if shape.type_name == 'list':
        for it in value: compare(it, shape.member, path)
def before_parse(response_dict, operation_model, **_):
    if response_dict['status_code'] < 300: compare(json.loads(response_dict['body']), operation_model.output_shape, '')
kafka.meta.events.register('before-parse.kafka', before_parse)
def ask(name, given):
    try:
        return {key: it for key, it in getattr(kafka, name)(**given).items() if key != 'ResponseMetadata'}
    except botocore.exceptions.ClientError as error:
        return [error.response['ResponseMetadata']['HTTPStatusCode'], error.response['Error']['Message']]
answers = [ask(name, given) for name, given in json.loads(sys.argv[1])]
print(json.dumps({'answers': answers, 'unknown': unknown}, default=str))`;

type Answers = Readonly<Record<'answers' | 'unknown', unknown[]>>;

/** A call of boto3, with the names of its parameters as in the API. */
export type Question = readonly [name: string, given: object];

/** The AWS CLI and boto3, with nothing in their environment but what the emulator gives. */
export class AwsTools {
  public static async of(stage: Stage): Promise<AwsTools> {
    return new AwsTools(stage, await preparePython(path.join(ROOT, '.cache'), 'requirements-aws-tools.txt'));
  }

  private constructor(
    private readonly stage: Stage,
    private readonly python: string,
  ) {}

  public cli<Answer>(...args: string[]): Promise<Answer> {
    return this.answer<Answer>('-m', 'awscli', ...args, '--output', 'json');
  }

  /** What boto3 gets from MSK, if all of it is in botocore's model. */
  public async kafka<Got extends unknown[] = unknown[]>(...questions: Question[]): Promise<Got> {
    const { answers, unknown } = await this.answer<Answers>('-c', BOTO3, JSON.stringify(questions));
    expect(unknown).toEqual([]);
    return answers as Got;
  }

  private async answer<Answer>(...args: string[]): Promise<Answer> {
    const env = { PATH: process.env.PATH, ...this.stage.emulator.environment() };
    return JSON.parse((await run(this.python, args, { env })).stdout) as Answer;
  }
}
