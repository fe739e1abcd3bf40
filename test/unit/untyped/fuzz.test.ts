import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { membersOf, TYPES } from '../../../lib/internal/signatures/signature-table';
import { cases } from '../../../testkit/any-case';
import { ENVIRONMENT } from '../../../testkit/stacks';
import { allCalls, type Call, perform, validArguments } from '../../../testkit/untyped/calls';
import { NONSENSE } from '../../../testkit/untyped/nonsense';

/** A parameter of a call, or a property of one that is a struct. */
interface Place {
  readonly call: Call;
  readonly parameter: string;
  readonly property?: string;
  readonly type: string;
}

const PLACES: readonly Place[] = allCalls().flatMap((call) =>
  membersOf(call.parameters).flatMap(({ key: parameter, type }): Place[] => {
    const properties = membersOf(TYPES[type]?.struct ?? {});
    const below = properties.map((one) => ({ call, parameter, property: one.key, type: one.type }));
    return [{ call, parameter, type }, ...below];
  }),
);

function argumentsWith({ call, parameter, property }: Place, value: unknown, stack: Stack) {
  const args = validArguments(call, stack);
  const given = property ? { ...(args[parameter] as object), [property]: value } : value;
  return { ...args, [parameter]: given };
}

/** What the library says, or undefined if it accepts the value. */
function refusalOf(place: Place, value: unknown, stack: Stack): unknown {
  const args = argumentsWith(place, value, stack);
  try {
    perform(place.call, stack, args);
    return undefined;
  } catch (error) {
    return error;
  }
}

const aStack = () => new Stack(new App({ analyticsReporting: false }), 'Stack', { env: ENVIRONMENT });

const anyPlace = fc.constantFrom(...PLACES);
const describePlace = ({ call, parameter, property }: Place) =>
  [call.name, parameter, property].filter(Boolean).join(' ');

/** One line each: who, what is wrong with it, and the ID of the rule. */
const IN_OUR_WORDS =
  /^Invalid configuration at '[^']*':(\n {2}- [^\n]+ \[\w+\])+(\nIf AWS has changed this since, [^\n]+)?$/;

const isInOurWords = (refusal: unknown) => refusal instanceof Error && IN_OUR_WORDS.test(refusal.message);

/** What JavaScript writes where there is no value. */
const NO_VALUE = /NaN|Infinity|undefined|\[object |Symbol\(/;

describe('Whatever an untyped caller hands over', () => {
  test('is accepted with a sound template, or refused in our words', () => {
    fc.assert(
      fc.property(anyPlace, fc.constantFrom(...Object.keys(NONSENSE)), (place, name) => {
        const stack = aStack();
        const refusal = refusalOf(place, NONSENSE[name], stack);
        const isSound = refusal ? isInOurWords(refusal) : !NO_VALUE.test(synthesized(stack));
        if (!isSound)
          throw new Error(
            `${describePlace(place)} = ${name}: ${String((refusal as Error | undefined) ?? synthesized(stack))}`,
          );
      }),
      cases(3000),
    );
  });

  test.each(['a symbol', 'a big integer', 'a function'])('is never accepted if it is %s', (name) => {
    const stack = aStack();
    const accepted = PLACES.filter((place) => refusalOf(place, NONSENSE[name], stack) === undefined);
    expect(accepted.map(describePlace)).toEqual([]);
  });
});

/** Texts that belong to the app's code: IDs of constructs, files, and what metrics are called. */
const NEVER_LOOKED_UP = new Set(['id', 'file', 'directory', 'name', 'statistic']);

describe('A value that cdk has not looked up yet', () => {
  const ofText = PLACES.filter(
    ({ parameter, property = parameter, type }) => type === 'string' && !NEVER_LOOKED_UP.has(property),
  );

  test('is judged nowhere by the text that stands for it', () => {
    const judged = ofText.flatMap((place) => {
      const stack = aStack();
      const refusal = refusalOf(place, 'dummy-value-for-/kafka/value', stack) as Error | undefined;
      const said = refusal?.message ?? synthesized(stack);
      const isJudged = (refusal || NO_VALUE.test(said)) && said.includes('dummy-value-for');
      return isJudged ? [`${describePlace(place)}: ${said.slice(0, 300)}`] : [];
    });
    expect(judged).toEqual([]);
  });
});

function synthesized(stack: Stack): string {
  try {
    return JSON.stringify(Template.fromStack(stack).toJSON()).replaceAll('() => undefined', '');
  } catch (error) {
    const { message } = error as Error;
    return message.includes('Validation failed') ? '' : `undefined: ${message}`; // a rule over all topics, at the end
  }
}
