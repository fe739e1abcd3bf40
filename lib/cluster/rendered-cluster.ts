import type * as msk from 'aws-cdk-lib/aws-msk';
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { renderedProperties } from '../internal/rendered';
import { known, refuseWhenWritten } from '../internal/validation';
import type { Finding } from '../model/finding';
import { clusterFindings, type KnownCluster } from '../model/rules/cluster';
import { factsOf, renderedFindings } from '../model/rules/cluster/rendered';
import { type Placement, zoneCountFindings } from '../network/placement';

/** A cluster as its props describe it. */
interface Declared {
  readonly kind: 'standard' | 'express';
  readonly inputs: KnownCluster;
  readonly placement: Placement;
  /** What was reported about the props. */
  readonly reported: readonly Finding[];
}

/** Checks the cluster once more as it is written to the template, since escape hatches may have changed it. */
export function judgeRendered(cluster: IConstruct, resource: msk.CfnCluster, declared: Declared): void {
  const findings = () => {
    const rendered = known(renderedProperties(resource));
    const facts = known({ ...declared.inputs, ...placedFacts(factsOf(rendered), declared.placement) });
    return [...clusterFindings(facts), ...zoneFindings(cluster, facts, declared), ...renderedFindings(rendered, facts)];
  };
  refuseWhenWritten(cluster, findings, declared.reported);
}

/** The subnets of a VPC that is still to be looked up are placeholders. */
const placedFacts = (facts: KnownCluster, { zones }: Placement): KnownCluster =>
  zones === undefined ? { ...facts, zones, brokersPerAz: undefined } : facts;

const zoneFindings = (cluster: IConstruct, { zones }: KnownCluster, { kind }: Declared): Finding[] =>
  zones === undefined ? [] : zoneCountFindings(zones, kind, Stack.of(cluster).region);
