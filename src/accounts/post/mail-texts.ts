import type { MailLanguage } from './mail-language.ts';
import type { MailKind } from './outbox.ts';

export interface MailText {
  subject: string;
  /** Before the link. */
  why: string;
  /** The words of the link. */
  link: string;
  /** After the link. */
  terms: string;
}

/**
 * The words of each mail. `{host}` is the host of the server. No mail holds text of a user: a stranger who signs up with somebody
 * else's address could write to them by the name field.
 */
export const MAIL_TEXTS: { [L in MailLanguage]: { [K in MailKind]: MailText } } = {
  en: {
    'password-reset': {
      subject: 'Choose a new password for CineMatch',
      why: 'Somebody asked for a new password for your account at {host}.',
      link: 'Choose a new password',
      terms: 'The link works once, within an hour. It signs out all devices. If you did not ask for it, do nothing: your password stays.',
    },
    verification: {
      subject: 'Confirm your address for CineMatch',
      why: 'There is a new account at {host} with this address.',
      link: 'Confirm the address',
      terms: 'The link works for 24 hours. If the account is not yours, do nothing.',
    },
    invitation: {
      subject: 'You are invited to CineMatch',
      why: 'You may create an account at {host}, which recommends films.',
      link: 'Accept the invitation',
      terms: 'The link works once, within 72 hours. If you do not want an account, do nothing.',
    },
  },
  ar: {
    'password-reset': {
      subject: 'اختر كلمة مرور جديدة لـ CineMatch',
      why: 'طلب أحدهم كلمة مرور جديدة لحسابك على {host}.',
      link: 'اختر كلمة مرور جديدة',
      terms: 'يعمل الرابط مرة واحدة خلال ساعة، ويسجّل الخروج من كل الأجهزة. إن لم تطلبه فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.',
    },
    verification: {
      subject: 'أكّد عنوانك على CineMatch',
      why: 'أُنشئ حساب جديد على {host} بهذا العنوان.',
      link: 'تأكيد العنوان',
      terms: 'يعمل الرابط لمدة 24 ساعة. إن لم يكن الحساب لك فلا تفعل شيئًا.',
    },
    invitation: {
      subject: 'دعوة إلى CineMatch',
      why: 'يمكنك إنشاء حساب على {host}، وهو خادم يقترح الأفلام.',
      link: 'قبول الدعوة',
      terms: 'يعمل الرابط مرة واحدة خلال 72 ساعة. إن لم ترد حسابًا فلا تفعل شيئًا.',
    },
  },
};
