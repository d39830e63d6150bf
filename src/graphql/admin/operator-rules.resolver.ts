import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Resolver } from 'type-graphql';
import { checkedFirst, MAX_OPERATOR_RULES } from '../../list-caps.ts';
import { readRule } from '../../recommendations/operator-rules/operator-rule.ts';
import { type PreviewedMovie as Previewed, previewRule } from '../../recommendations/operator-rules/preview-rule.ts';
import type { RecommendationRequest } from '../../recommendations/recommend.ts';
import { requireAdministrator } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { administrate } from '../errors.ts';
import { PreferencesInput, RecommendationMode } from '../recommendation/recommendation.input.ts';
import { Admin } from './admin.resolver.ts';
import { OperatorRule, OperatorRuleInput, type PreviewedMovie, RulePreview } from './operator-rules.type.ts';

const STATEMENTS_COST = 20;
const ACTION_COST = 50;
/** Two rankings of the whole catalog, of which each may be re-ranked. */
const PREVIEW_COST = 300;

/** Decisions of the operator about movies, genres and services. Each goes to the audit log. */
@Resolver(() => Admin)
export class OperatorRulesResolver {
  @FieldResolver(() => [OperatorRule], { description: 'Oldest first.' })
  @Extensions({ cost: STATEMENTS_COST, listLength: MAX_OPERATOR_RULES })
  async operatorRules(@Ctx() { administration: { rules } }: RequestContext): Promise<OperatorRule[]> {
    return (await rules.list()).slice(0, MAX_OPERATOR_RULES).map((rule) => new OperatorRule(rule));
  }

  @FieldResolver(() => RulePreview, {
    description: 'What the rule would change in the list of somebody with these preferences. Nothing is saved.',
  })
  @Extensions({ cost: PREVIEW_COST })
  async rulePreview(
    @Arg('rule', () => OperatorRuleInput) rule: OperatorRuleInput,
    @Arg('prefs', () => PreferencesInput, { nullable: true, defaultValue: {} }) prefs: PreferencesInput | null,
    @Arg('mode', () => RecommendationMode, { defaultValue: RecommendationMode.FOR_YOU }) mode: RecommendationRequest['mode'],
    @Arg('first', () => Int, { defaultValue: 10, description: 'From 1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<RulePreview> {
    const limit = checkedFirst(first);
    await context.budget.turn();
    const { before, after } = previewRule(context, rule, prefs ?? {}, mode, limit);
    const named = (movie: Previewed): PreviewedMovie => titled(context, movie);
    return { before: before.map(named), after: after.map(named) };
  }

  @Mutation(() => OperatorRule, { description: 'Adds a rule. All servers follow it within 5 seconds.' })
  @Extensions({ cost: ACTION_COST })
  async addOperatorRule(
    @Arg('rule', () => OperatorRuleInput) rule: OperatorRuleInput,
    @Ctx() context: RequestContext,
  ): Promise<OperatorRule> {
    const actor = await requireAdministrator(context);
    const checked = readRule(context.operatorRules.current.catalog, rule);
    const stored = await administrate(context.administration.actions.addRule(actor, checked));
    await context.operatorRules.refresh();
    return new OperatorRule(stored);
  }

  @Mutation(() => ID, { nullable: true, description: 'Ends a rule. Null when there is none with this id.' })
  @Extensions({ cost: ACTION_COST })
  async deleteOperatorRule(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<string | null> {
    const actor = await requireAdministrator(context);
    const deleted = await administrate(context.administration.actions.deleteRule(actor, id));
    await context.operatorRules.refresh();
    return deleted?.id ?? null;
  }
}

/** Names come from the catalog without rules: a movie that a rule hides is in the list before it. */
function titled({ operatorRules }: RequestContext, { index, ...movie }: Previewed): PreviewedMovie {
  const { catalog } = operatorRules.base;
  return { ...movie, movieId: catalog.id(index), title: catalog.title(index), year: catalog.year(index) };
}
