/** Parts of the messages (tools/message-parts.ts). The types are those of all messages: which page has which part is tested. */
declare module '*/en.json?first' {
  const messages: typeof import('../locales/en.json');
  export default messages;
}
declare module '*/en.json?main' {
  const messages: typeof import('../locales/en.json');
  export default messages;
}
declare module '*/en.json?settings' {
  const messages: typeof import('../locales/en.json');
  export default messages;
}
