import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Annotations, attachCustomSynthesis, Names } from 'aws-cdk-lib';
import type * as msk from 'aws-cdk-lib/aws-msk';
import { Construct, type IConstruct } from 'constructs';
import { Carried } from '../../internal/carried';
import { checked } from '../../internal/signatures/checked';
import { known, refuse, refused, warn } from '../../internal/validation';
import type * as model from '../../model/budget';
import { type Finding, finding } from '../../model/finding';
import { budgetTopicFindings, budgetValueFindings } from '../../model/rules/budget-values';
import { budgetInputOf } from './budget-input';
import type { ClusterBudgetOptions, ClusterBudgetProps } from './budget-options';

/** Whether a cluster has a budget. */
const HAS_BUDGET = new Carried<true>('HasBudget');

/**
 * Compares the traffic of the topics with the limits of a cluster, and computes what the cluster costs, and which Standard,
 * Express or Serverless cluster is the cheapest one that fits. It defines no resources, so the template stays the same.
 *
 * Synthesis prints the budget as a table, writes it to a JSON file in the cloud assembly, and warns where the declared cluster
 * is too small. All topics that the app declares on the cluster count, also those that are declared later.
 */
@checked('ClusterBudget')
export class ClusterBudget extends Construct {
  /** Name of the JSON file in the cloud assembly. */
  public readonly fileName: string;

  private readonly cluster: msk.IClusterRef;
  private readonly options: ClusterBudgetOptions;
  private readonly told = new Set<string>();

  public constructor(scope: Construct, id: string, props: ClusterBudgetProps) {
    super(scope, id);
    const { cluster, ...options } = props;
    refuse(this, [...optionFindings(options), ...onlyOneFindings(cluster)]);
    HAS_BUDGET.set(cluster, true);
    this.cluster = cluster;
    this.options = options;
    this.fileName = `${Names.uniqueResourceName(this, { maxLength: 120, separator: '.' })}.json`;
    this.node.addValidation({ validate: () => this.report() });
    attachCustomSynthesis(this, {
      onSynthesize: ({ outdir }) => writeFileSync(path.join(outdir, this.fileName), this.toJson()),
    });
  }

  /** Returns the budget of what the app has declared so far, as Markdown tables. */
  public toTable(): string {
    const { budgetReport, tableOf } = loadModel();
    return tableOf(budgetReport(budgetInputOf(this.cluster, this.options)));
  }

  /** Returns the budget of what the app has declared so far, as JSON. Numbers have at most six decimals. */
  public toJson(): string {
    const { budgetReport, jsonOf } = loadModel();
    return jsonOf(budgetReport(budgetInputOf(this.cluster, this.options)));
  }

  /** Adds the table and warnings once, since an app can be synthesized more than once. A budget has no errors then. */
  private report(): string[] {
    const { budgetFindings, budgetReport, tableOf } = loadModel();
    const report = budgetReport(budgetInputOf(this.cluster, this.options));
    this.once(tableOf(report), (table) => Annotations.of(this).addInfoV2('cdk-msk:Budget', `\n${table}\n`));
    for (const found of budgetFindings(report)) this.once(found.message, () => warn(this, found));
    return [];
  }

  private once(text: string, tell: (text: string) => void): void {
    if (!this.told.has(text)) tell(text);
    this.told.add(text);
  }
}

/** Tables of limits and prices are loaded for the first budget, so that apps without budgets do not pay for them. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with each cluster
const loadModel = () => require('../../model/budget') as typeof model;

/** Defines the budget of a cluster, which has a fixed ID. */
export function defineBudget(cluster: Construct & msk.IClusterRef, options: ClusterBudgetOptions): ClusterBudget {
  if (HAS_BUDGET.of(cluster)) throw refused(cluster, ...onlyOneFindings(cluster));
  return new ClusterBudget(cluster, 'Budget', { cluster, ...options });
}

function onlyOneFindings(cluster: IConstruct): Finding[] {
  if (!HAS_BUDGET.of(cluster)) return [];
  const message =
    "this cluster already has a budget; add the topics to 'topics' of that one, and remove one of the two";
  return [finding('BudgetTwice', message)];
}

function optionFindings({ prices, topics = [], ...others }: ClusterBudgetOptions): Finding[] {
  const { brokerHour = {}, ...figures } = prices ?? {};
  const named = topics.map((topic) => known(topic)).filter(({ topicName }) => topicName !== undefined);
  return [
    ...budgetValueFindings(known(others)),
    ...topics.flatMap((topic) => budgetValueFindings(known(topic), ` of topic '${topic.topicName}'`)),
    ...budgetTopicFindings(named),
    ...budgetValueFindings(known(figures), " in 'prices'"),
    ...budgetValueFindings(known(brokerHour), " in 'prices.brokerHour'"),
  ];
}
