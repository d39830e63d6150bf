import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CREDIT_JOBS, type Credit, type CreditJob } from '../../catalog/credit.ts';

const CreditJobEnum = Object.fromEntries(CREDIT_JOBS.map((job) => [job, job])) as { [K in CreditJob]: K };
registerEnumType(CreditJobEnum, { name: 'CreditJob', description: 'What a person did for a movie.' });

@ObjectType({ simpleResolvers: true, description: 'A person of the cast or crew, with one job.' })
export class MovieCredit implements Credit {
  @Field(() => CreditJobEnum)
  readonly job!: CreditJob;

  @Field(() => Int, { description: "TMDb's id of the person." })
  readonly personId!: number;

  @Field(() => String)
  readonly name!: string;
}
