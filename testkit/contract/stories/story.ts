import type { ResourceAnswer, ResourceEvent } from '../../../lambda/dispatcher/context/event';
import { UserError } from '../../../engine/refusal';
import { parseIdentity, type TopicIdentity } from '../../../engine/topics/identity';
import type { TopicSpec } from '../../../lib/model/wire/topic';
import { change, creation, removal } from '../../topic-events';
import type { Action, Delivery, Name, StorySpec } from './actions';
import { NAMES } from './actions';
import { Ledger } from './ledger';
import { expectedTopic, sameTopic } from './model';
import type { World } from './world';

/** The resource as CloudFormation knows it. */
interface Known {
  readonly physicalId: string;
  readonly spec: StorySpec;
}

/** The answer to an event, or its refusal. */
type Outcome =
  | { readonly physicalId: string; readonly identity?: TopicIdentity }
  | { readonly code: string; readonly message: string };

type Deploy = Extract<Action, { do: 'deploy' }>;

const UNSEEN = undefined;

/**
 * Plays a story as CloudFormation would, and throws as soon as something happens that nobody asked for. The returned outcome
 * is the same for all worlds.
 */
export async function play(actions: readonly Action[], world: World): Promise<string[]> {
  const story = new Story(world);
  const trace: string[] = [];
  for (const action of actions) {
    const what = await story.step(action);
    trace.push(`${action.do}: ${what}; ${await story.settled()}`);
  }
  return trace;
}

class Story {
  private resource?: Known;
  private lastRemoval?: Partial<ResourceEvent>;
  private readonly ledger: Ledger;

  public constructor(private readonly world: World) {
    this.ledger = new Ledger((name) => this.look(name));
  }

  public async step(action: Action): Promise<string> {
    const { aws } = this.world;
    aws.status = 'UPDATE_IN_PROGRESS';
    switch (action.do) {
      case 'deploy':
        return this.deploy(action);
      case 'remove':
        return this.remove(action.delivery);
      case 'lateCreate':
        aws.status = 'ROLLBACK_IN_PROGRESS';
        return told(await this.send(creation(this.named(action.spec)), 'once'));
      case 'inventedDelete':
        return told(await this.send(removal(action.id), 'twice'));
      case 'lastDeleteAgain':
        return this.lastRemoval ? told(await this.send(this.lastRemoval, 'once')) : 'nothing to repeat';
      case 'loseAnswer':
        this.world.lose?.(action.request, action.carriedOut);
        return action.request;
      default:
        return this.byHand(action);
    }
  }

  /** Returns everything that exists, after checking that no record is missing. */
  public async settled(): Promise<string> {
    const topics = await this.ledger.check();
    return JSON.stringify(topics);
  }

  private async deploy(action: Deploy): Promise<string> {
    const { delivery, ending, meanwhile, spec } = action;
    const before = this.resource;
    const live = await this.look(spec.topicName);
    const made = await this.send(this.eventTo(spec), delivery);
    if ('code' in made) {
      if (before) await this.rollBack(before, { physicalId: before.physicalId, spec }, action);
      return told(made);
    }
    await this.agrees(spec, before, { live, made });
    const now = { physicalId: made.physicalId, spec };
    if (meanwhile > 0) await this.world.write(this.full(spec.topicName), meanwhile);
    if (ending === 'well') await this.cleanUp(before, now, delivery);
    else if (before) await this.rollBack(before, now, action);
    else await this.undo(now, action);
    return told(made);
  }

  private eventTo(spec: StorySpec): Partial<ResourceEvent> {
    const { resource } = this;
    return resource
      ? change(resource.physicalId, this.named(resource.spec), this.named(spec))
      : creation(this.named(spec));
  }

  /** The deployment succeeded. What was replaced is deleted or kept by its policy. */
  private async cleanUp(before: Known | undefined, now: Known, delivery: Delivery): Promise<void> {
    this.resource = now;
    if (!before || before.physicalId === now.physicalId || now.spec.onReplace === 'retain') return;
    this.world.aws.status = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    if (now.spec.allowDataLoss) this.ledger.mayLose(before.physicalId);
    await this.delete(before, delivery);
  }

  /** Something else in the stack failed, or the topic itself. A rollback must always be possible. */
  private async rollBack(before: Known, now: Known, { delivery, ending }: Deploy): Promise<void> {
    const { aws } = this.world;
    const event = change(now.physicalId, this.named(now.spec), this.named(before.spec));
    aws.status = ending === 'rolled back unseen' ? UNSEEN : 'UPDATE_ROLLBACK_IN_PROGRESS';
    let back = await this.send(event, delivery);
    if ('code' in back && aws.status === UNSEEN) {
      aws.status = 'UPDATE_ROLLBACK_IN_PROGRESS'; // a person continues the rollback
      back = await this.send(event, delivery);
    }
    if ('code' in back) {
      // the topic was renamed, and its old name now collides with another topic: a person skips the resource, so the
      // topic keeps its new name although the previous template is back
      const isRenamed = parseIdentity(now.physicalId)?.name !== this.full(before.spec.topicName);
      if (back.code !== 'InvalidName' || !isRenamed) throw new Error(`the rollback is stuck: ${back.message}`);
      this.resource = { physicalId: now.physicalId, spec: before.spec };
      return;
    }
    this.resource = { physicalId: back.physicalId, spec: before.spec };
    if (back.physicalId === now.physicalId) return;
    if (aws.status) aws.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
    await this.delete(now, delivery);
  }

  /** A first deployment that fails removes what it created. */
  private async undo(now: Known, { delivery, ending }: Deploy): Promise<void> {
    this.world.aws.status = ending === 'rolled back unseen' ? UNSEEN : 'ROLLBACK_IN_PROGRESS';
    await this.delete(now, delivery);
  }

  private async remove(delivery: Delivery): Promise<string> {
    const { resource } = this;
    if (!resource) return 'nothing to remove';
    this.resource = undefined;
    if (resource.spec.onReplace === 'retain') return 'retained';
    this.world.aws.status = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    this.ledger.mayLose(resource.physicalId);
    return this.delete(resource, delivery);
  }

  private async delete({ physicalId, spec }: Known, delivery: Delivery): Promise<string> {
    const event = removal(physicalId, this.named(spec));
    this.lastRemoval = event;
    const outcome = await this.send(event, delivery);
    if ('code' in outcome) throw new Error(`a Delete was refused: ${outcome.message}`);
    return told(outcome);
  }

  private async byHand(action: Extract<Action, { name: Name }>): Promise<string> {
    const { world } = this;
    const name = this.full(action.name);
    const live = await this.look(action.name);
    const taken = (await Promise.all(NAMES.map((one) => this.look(one)))).map((topic, index) => topic && NAMES[index]);
    if (action.do === 'handMake') {
      if (taken.some((one) => one?.replace('.', '_') === action.name.replace('.', '_'))) return 'taken';
      await world.make(name, action.partitions, action.configs);
      return 'made';
    }
    if (!live) return 'nothing there';
    if (action.do === 'write') await world.write(name, action.records);
    if (action.do === 'handGrow') await world.grow(name, live.partitions + action.by);
    if (action.do === 'handSet') await world.set(name, action.configs);
    if (action.do === 'handDelete') {
      this.ledger.mayLose(live.topicId);
      await world.remove(name);
    }
    return 'done';
  }

  /** Delivers an event once or twice. Both answers must be the same, and no topic may be created twice. */
  private async send(event: Partial<ResourceEvent>, delivery: Delivery): Promise<Outcome> {
    const creations = this.creations();
    const before = JSON.stringify(await this.topics());
    const outcomes =
      delivery === 'twice at once'
        ? await Promise.all([this.ask(event), this.ask(event)])
        : [await this.ask(event), ...(delivery === 'once' ? [] : [await this.ask(event)])];
    const words = new Set(outcomes.map((one) => ('code' in one ? one.code : one.identity?.topicId)));
    if (words.size !== 1)
      throw new Error(`two deliveries of one event got different answers: ${JSON.stringify(outcomes)}`);
    if (this.creations() - creations > 1) throw new Error('one event created two topics');
    const [first] = outcomes;
    if ('code' in first && /Nothing was changed/.test(first.message)) {
      const after = JSON.stringify(await this.topics());
      if (after !== before) throw new Error(`the event was refused, but something changed: ${before} → ${after}`);
    }
    if (delivery === 'twice, the second answer heard') return outcomes[1];
    // either answer may reach CloudFormation first; the one that created the topic has the most information
    return outcomes.find((one) => 'identity' in one && one.identity?.mark === 'c') ?? first;
  }

  private async ask(event: Partial<ResourceEvent>): Promise<Outcome> {
    try {
      const { PhysicalResourceId: physicalId }: ResourceAnswer = await this.world.aws.send(event);
      return { physicalId, identity: parseIdentity(physicalId) };
    } catch (error) {
      if (error instanceof UserError && error.code !== 'Unexpected')
        return { code: error.code, message: error.message };
      throw error;
    }
  }

  /** The live state must be what the model says, and an ID must stay as long as its topic does. */
  private async agrees(
    spec: StorySpec,
    before: Known | undefined,
    {
      live,
      made,
    }: { live: Awaited<ReturnType<World['look']>>; made: { physicalId: string; identity?: TopicIdentity } },
  ): Promise<void> {
    const after = await this.look(spec.topicName);
    const expected = expectedTopic(spec, before?.spec, live);
    if (!after || !sameTopic(after, expected)) {
      throw new Error(`the topic differs from its declaration: ${JSON.stringify({ spec, live, after, expected })}`);
    }
    if (made.identity?.topicId !== after.topicId)
      throw new Error('the physical ID names another topic than the live one');
    const old = parseIdentity(before?.physicalId);
    const isSame = old?.topicId === after.topicId && old.name === this.full(spec.topicName);
    if (isSame && made.physicalId !== before?.physicalId)
      throw new Error(`the physical ID changed: ${made.physicalId}`);
  }

  private readonly creations = () => (this.world.carriedOut ?? []).filter((one) => one === 'CreateTopics').length;
  private readonly full = (name: Name) => `${this.world.prefix}${name}`;
  private readonly look = (name: Name) => this.world.look(this.full(name));
  private readonly topics = () => Promise.all(NAMES.map((name) => this.look(name)));
  private readonly named = (spec: StorySpec): Partial<TopicSpec> => ({ ...spec, topicName: this.full(spec.topicName) });
}

const told = (outcome: Outcome) =>
  'code' in outcome ? outcome.code : outcome.identity ? `marked ${outcome.identity.mark}` : 'not ours';
