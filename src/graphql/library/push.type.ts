import { Field, InputType, ObjectType } from 'type-graphql';
import { type PushSubscriptionInput as Input, MAX_ENDPOINT_LENGTH } from '../../library/push/push-subscription.ts';

@ObjectType({
  simpleResolvers: true,
  description:
    'Messages to browsers: films of the watchlist that came to the services of the viewer or left them, at most one message a day.',
})
export class WebPush {
  @Field(() => String, { description: 'With this key a browser subscribes: the `applicationServerKey` of `PushManager.subscribe`.' })
  publicKey!: string;

  @Field(() => Boolean, { description: 'Whether the browser with this `endpoint` gets messages for the viewer.' })
  isSubscribed!: boolean;

  @Field(() => String, { nullable: true, description: 'ISO 639-1: the language of these messages. Null while the browser gets none.' })
  language!: string | null;
}

@InputType({ description: 'A browser that is to get messages: the fields of its `PushSubscription`, and the language of its page.' })
export class PushSubscriptionInput implements Input {
  @Field(() => String, {
    description: `The https address of the browser at a public push service, at most ${MAX_ENDPOINT_LENGTH} characters.`,
  })
  endpoint!: string;

  @Field(() => String, { description: 'The public key of the browser, base64url.' })
  p256dh!: string;

  @Field(() => String, { description: 'The secret of the browser, 16 bytes in base64url.' })
  auth!: string;

  @Field(() => String, { description: 'ISO 639-1. English is used for a language that the web app does not have.' })
  language!: string;
}
