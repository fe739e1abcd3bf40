import type { IConstruct } from 'constructs';
import { isToken, refuse, textOrPending } from '../internal/validation';
import { parameterNameFindings } from '../model/rules/parameter-names';

/** The name that a user gives to a parameter of Parameter Store, or one that stands for it until it has been looked up. */
export function parameterNameOf(scope: IConstruct, name?: string): string | undefined {
  const parameterName = textOrPending(name, '/pending');
  refuse(scope, parameterNameFindings(parameterName, isToken(parameterName)));
  return parameterName;
}
