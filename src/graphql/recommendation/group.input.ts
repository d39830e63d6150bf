import { registerEnumType } from 'type-graphql';
import type { GroupQuery } from '../../recommendations/group-recommendations.ts';

type GroupStrategyValue = GroupQuery['strategy'];

export const GroupStrategy: { [S in GroupStrategyValue]: S } = { LEAST_MISERY: 'LEAST_MISERY', AVERAGE: 'AVERAGE' };

registerEnumType(GroupStrategy, {
  name: 'GroupStrategy',
  description: 'How what the members make of a movie becomes one score.',
  valuesConfig: {
    LEAST_MISERY: { description: 'A movie is worth what it is to whoever likes it least: nothing that one of them would mind.' },
    AVERAGE: { description: 'The mean of what it is worth to each: a movie that most love may be one that somebody does not.' },
  },
});
