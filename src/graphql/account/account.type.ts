import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'Somebody else who says who people are.' })
export class SignInProvider {
  @Field(() => ID, { description: "As POST /api/auth/sign-in/social takes it: 'google', 'facebook' or 'oidc'." })
  id!: string;

  @Field(() => String, { description: "For people, e.g. 'Google'." })
  name!: string;
}
