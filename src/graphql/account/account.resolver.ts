import { Arg, Ctx, Extensions, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../context.ts';
import { SignInProvider } from './account.type.ts';
import { OpenInvitation, registrationMode, SignInOptions } from './sign-in-options.type.ts';

/** Google, Facebook and one of OpenID Connect. */
const MAX_PROVIDERS = 3;
const STATEMENT_COST = 5;

@Resolver()
export class AccountResolver {
  @Query(() => [SignInProvider], { description: 'Services through which users can sign in, besides e-mail and password.' })
  @Extensions({ listLength: MAX_PROVIDERS })
  signInProviders(@Ctx() context: RequestContext): readonly SignInProvider[] {
    return context.signInProviders();
  }

  @Query(() => SignInOptions, { description: 'Who may create an account, and how.' })
  @Extensions({ cost: STATEMENT_COST })
  async signInOptions(@Ctx() context: RequestContext): Promise<SignInOptions> {
    const { registration, ...others } = await context.signInOptions();
    return { registration: registrationMode(registration), ...others };
  }

  @Query(() => OpenInvitation, { nullable: true, description: 'The invitation of a link; null when it is used, expired or revoked.' })
  @Extensions({ cost: STATEMENT_COST })
  async invitation(@Arg('token', () => String) token: string, @Ctx() context: RequestContext): Promise<OpenInvitation | null> {
    context.scope.isPersonal = true;
    return (await context.administration.invitations.find(token)) ?? null;
  }
}
