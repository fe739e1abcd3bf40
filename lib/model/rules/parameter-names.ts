import { type Finding, finding } from '../finding';

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const LONGEST = 1011;
const LEVELS = 15;

/** The ARN of a parameter differs by whether its name begins with `/`, so the CDK has to know the name. */
const TOKEN =
  "'parameterName' must be known at synthesis, got a token; leave it out, and CloudFormation generates a name";

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export function parameterNameFindings(name: string | undefined, isToken: boolean): Finding[] {
  if (name === undefined) return [];
  if (isToken) return [finding('ParameterNameForm', TOKEN)];
  const problem = problemOf(name);
  if (problem === undefined) return [];
  const got = name.length > 60 ? `${name.length} characters` : `'${name}'`;
  return [finding('ParameterNameForm', `'parameterName' must ${problem}, got ${got}`)];
}

function problemOf(name: string): string | undefined {
  if (name.length > LONGEST) return `not exceed ${LONGEST.toLocaleString('en')} characters`;
  if (!/^[\w./-]+$/.test(name)) return "consist of letters, digits, '.', '-', '_' and '/'";
  if (name.includes('/') && !name.startsWith('/')) return "begin with '/' if it contains '/'";
  if (name.includes('//') || name.endsWith('/')) return "have a name after each '/'";
  if (name.split('/').length - 1 > LEVELS) return `not have more than ${LEVELS} levels`;
  if (/^\/?(aws|ssm)/i.test(name)) return "not begin with 'aws' or 'ssm'";
  return undefined;
}
