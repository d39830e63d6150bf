/** The messages of the landing page (tools/first-messages.ts). */
declare module '*/en.json?first' {
  const messages: typeof import('../locales/en.json');
  export default messages;
}
