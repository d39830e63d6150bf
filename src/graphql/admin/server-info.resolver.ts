import { Ctx, Extensions, FieldResolver, Resolver } from 'type-graphql';
import type { RequestContext } from '../context.ts';
import { Admin } from './admin.resolver.ts';
import { ServerInfo } from './server-info.type.ts';
import { WorkloadOverview } from './workload.type.ts';

const SUM_COST = 50;

/** How the server does. */
@Resolver(() => Admin)
export class ServerInfoResolver {
  @FieldResolver(() => WorkloadOverview)
  @Extensions({ cost: SUM_COST })
  async workload(@Ctx() { server }: RequestContext): Promise<WorkloadOverview> {
    return new WorkloadOverview(await server.workload.report());
  }

  @FieldResolver(() => ServerInfo)
  @Extensions({ cost: SUM_COST })
  async server(@Ctx() { server }: RequestContext): Promise<ServerInfo> {
    const [storage, mail] = await Promise.all([server.storage.report(), server.mail?.report()]);
    return new ServerInfo(server.release, storage, mail ?? null);
  }
}
