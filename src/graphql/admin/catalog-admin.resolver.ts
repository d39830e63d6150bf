import { Arg, Ctx, Extensions, FieldResolver, ID, Mutation, Resolver } from 'type-graphql';
import { requireAdministrator } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Admin } from './admin.resolver.ts';
import { CatalogAdmin } from './catalog-admin.type.ts';

const FILES_COST = 100;
/** The whole version is read and checked. */
const PUBLISH_COST = 2_000;

@Resolver(() => Admin)
export class CatalogAdminResolver {
  @FieldResolver(() => CatalogAdmin)
  @Extensions({ cost: FILES_COST })
  catalog(@Ctx() context: RequestContext): Promise<CatalogAdmin> {
    return catalogOf(context);
  }

  @Mutation(() => CatalogAdmin, {
    description: 'Lets all servers serve another version. It is loaded and checked first. They load it within seconds.',
  })
  @Extensions({ cost: PUBLISH_COST })
  async publishVersion(@Arg('version', () => ID) version: string, @Ctx() context: RequestContext): Promise<CatalogAdmin> {
    const actor = await requireAdministrator(context);
    await context.releases.publish(version);
    await context.administration.audit.add(actor, 'catalog.publish', version);
    return catalogOf(context);
  }

  @Mutation(() => CatalogAdmin, { description: 'Publishes the version before the current one.' })
  @Extensions({ cost: PUBLISH_COST })
  async rollBackCatalog(@Ctx() context: RequestContext): Promise<CatalogAdmin> {
    const actor = await requireAdministrator(context);
    const version = await context.releases.rollBack();
    await context.administration.audit.add(actor, 'catalog.roll-back', version);
    return catalogOf(context);
  }
}

async function catalogOf({ releases, servedVersion, refresh }: RequestContext): Promise<CatalogAdmin> {
  return new CatalogAdmin(await releases.list(), servedVersion(), refresh());
}
