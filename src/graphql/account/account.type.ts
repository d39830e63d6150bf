import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A service through which users can sign in.' })
export class SignInProvider {
  @Field(() => ID, { description: "The value of `provider` for POST /api/auth/sign-in/social: 'google', 'facebook' or 'oidc'." })
  id!: string;

  @Field(() => String, { description: "Name to show, e.g. 'Google'." })
  name!: string;
}
