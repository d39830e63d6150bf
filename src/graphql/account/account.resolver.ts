import { Ctx, Extensions, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../context.ts';
import { SignInProvider } from './account.type.ts';

@Resolver()
export class AccountResolver {
  @Query(() => [SignInProvider], { description: 'Services through which users can sign in, besides e-mail and password.' })
  @Extensions({ usualLength: 3 })
  signInProviders(@Ctx() context: RequestContext): readonly SignInProvider[] {
    return context.signInProviders();
  }
}
