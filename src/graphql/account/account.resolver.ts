import { Ctx, Extensions, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../context.ts';
import { SignInProvider } from './account.type.ts';

/** Google, Facebook and one of OpenID Connect. */
const MAX_PROVIDERS = 3;

@Resolver()
export class AccountResolver {
  @Query(() => [SignInProvider], { description: 'Services through which users can sign in, besides e-mail and password.' })
  @Extensions({ listLength: MAX_PROVIDERS })
  signInProviders(@Ctx() context: RequestContext): readonly SignInProvider[] {
    return context.signInProviders();
  }
}
