import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { InputError } from '../../input-error.ts';
import { undoImport } from '../../library/history.ts';
import { checkedFirst, MAX_IMPORTS } from '../../list-caps.ts';
import { optionalReader, requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { Import, ImportChange } from './history.type.ts';
import { Viewer } from './viewer.type.ts';

const UNDO_COST = 1_000;
const MAX_OFFSET = 1_000_000;

@Resolver(() => Import)
export class ImportListResolver {
  @Mutation(() => Import, {
    description: 'Puts back what an import changed, but not what was changed since. The last 50 imports of the viewer can be undone.',
  })
  @Extensions({ cost: UNDO_COST })
  async undoImport(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Import> {
    const record = await undoImport(context, await requireWriter(context), id);
    const { viewerFeedback, watchlistEntry, viewerRating, plays } = context.loaders;
    for (const loader of [viewerFeedback, watchlistEntry, viewerRating, plays]) loader.clearAll();
    return Object.assign(new Import(), record);
  }

  @FieldResolver(() => [ImportChange], { description: 'What the import changed, in its order.' })
  @Extensions({ listLength: { argument: 'first' } })
  async changes(
    @Root() { importId }: Import,
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Changes before the first.' }) offset: number,
    @Ctx() context: RequestContext,
  ): Promise<ImportChange[]> {
    checkedFirst(first);
    if (offset < 0 || offset > MAX_OFFSET) throw new InputError('offset', `is ${offset}; it must be from 0 to ${MAX_OFFSET}`);
    const viewer = await optionalReader(context);
    if (viewer === null) return [];
    const changes = await context.library.history.importChanges(viewer.userId, importId, first, offset);
    return changes.map((change) => new ImportChange(change));
  }
}

@Resolver(() => ImportChange)
export class ImportChangeResolver {
  @FieldResolver(() => Movie)
  movie(@Root() { item }: ImportChange, @Ctx() { loaders }: RequestContext): Movie {
    return loaders.movie.loadKept(item);
  }
}

@Resolver(() => Viewer)
export class ViewerImportsResolver {
  @FieldResolver(() => [Import], { description: 'The last imports of the viewer, newest first.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_IMPORTS } })
  async imports(
    @Root() { userId }: Viewer,
    @Arg('first', () => Int, { defaultValue: 10, description: 'From 1 to 50.' }) first: number,
    @Ctx() { library }: RequestContext,
  ): Promise<Import[]> {
    checkedFirst(first, MAX_IMPORTS);
    return (await library.history.imports(userId)).slice(0, first).map((record) => Object.assign(new Import(), record));
  }
}
