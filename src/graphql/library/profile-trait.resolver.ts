import { Ctx, Extensions, FieldResolver, Resolver, Root } from 'type-graphql';
import { MAX_TRAITS_OF_A_KIND, profileTraits } from '../../recommendations/profile-traits.ts';
import type { RequestContext } from '../context.ts';
import { ProfileTrait, TraitKind } from './profile-trait.type.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Viewer)
export class ProfileTraitsResolver {
  @FieldResolver(() => [ProfileTrait], {
    description:
      'What the liked movies have in common more often than chance would have it: for each kind at most 8, those first that stand out most.',
  })
  @Extensions({ cost: 50, listLength: Object.keys(TraitKind).length * MAX_TRAITS_OF_A_KIND })
  async profileTraits(@Root() viewer: Viewer, @Ctx() context: RequestContext): Promise<ProfileTrait[]> {
    const traits = await profileTraits(context, viewer);
    return traits.map((trait) => {
      const shown = new ProfileTrait(trait);
      shown.movies = trait.evidence.map((index) => context.loaders.movie.load(index));
      return shown;
    });
  }
}
