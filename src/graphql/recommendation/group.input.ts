import { registerEnumType } from 'type-graphql';
import type { GroupQuery } from '../../recommendations/group-recommendations.ts';

type GroupStrategyValue = GroupQuery['strategy'];

export const GroupStrategy: { [S in GroupStrategyValue]: S } = { LEAST_MISERY: 'LEAST_MISERY', AVERAGE: 'AVERAGE' };

registerEnumType(GroupStrategy, {
  name: 'GroupStrategy',
  description: 'How the scores of the members become one score.',
  valuesConfig: {
    LEAST_MISERY: { description: 'The lowest score of all members. It avoids movies that one member dislikes.' },
    AVERAGE: { description: 'The mean score of all members. It finds movies that most members like, even if one does not.' },
  },
});
