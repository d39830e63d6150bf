/** A mutant that no test can notice, and why. */
export interface EquivalentMutant {
  file: string;
  /** The line of the source, without indentation: it still finds the mutant when lines move. */
  code: string;
  change: string;
  reason: string;
}

export const EQUIVALENT_MUTANTS: EquivalentMutant[] = [
  {
    file: 'src/library/history/read-history.ts',
    code: "const dateOrder = statedOrder === 'ambiguous' || statedOrder === 'unneeded' ? undefined : statedOrder;",
    change: "'unneeded' -> ''",
    reason: 'no date of such a column is read by its order',
  },
  {
    file: 'src/engine/features/label-block.ts',
    code: 'const weights = labels.map((label) => (config.idf ? Math.log((1 + distinct.length) / (1 + (frequency.get(label) ?? 0))) + 1 : 1));',
    change: '0 -> 1',
    reason: 'every label has a frequency; the default is for the type only',
  },
  {
    file: 'src/engine/features/label-block.ts',
    code: 'const weights = labels.map((label) => (config.idf ? Math.log((1 + distinct.length) / (1 + (frequency.get(label) ?? 0))) + 1 : 1));',
    change: 'frequency.get(label) ?? 0 -> frequency.get(label)',
    reason: 'every label has a frequency; the default is for the type only',
  },
  {
    file: 'src/engine/features/tfidf.ts',
    code: 'for (let i = 0; i < rows; i++) {',
    change: 'i < rows -> i <= rows',
    reason: 'beyond the last row there is nothing to read, and a typed array takes nothing',
  },
  {
    file: 'src/engine/features/tfidf.ts',
    code: 'frequent.sort((a, b) => (terms[a] < terms[b] ? -1 : 1));',
    change: 'terms[a] < terms[b] -> terms[a] <= terms[b]',
    reason: 'no two terms are equal',
  },
  {
    file: 'src/rate-limit/network-of.ts',
    code: 'const zeros = tail === undefined ? 0 : 8 - first.length - groups(tail).length;',
    change: '0 -> -1',
    reason: 'a list of a negative length is as empty as one of length 0',
  },
  {
    file: 'src/catalog/movie-matcher.ts',
    code: 'if (match.confidence > (found[n].get(index)?.confidence ?? 0)) found[n].set(index, match);',
    change: '0 -> -1',
    reason: 'every confidence is above 0.3',
  },
  {
    file: 'src/catalog/movie-table.ts',
    code: "const wanted = typeof id === 'number' ? id : parseMovieId(id);",
    change: "typeof id === 'number' -> false",
    reason: 'a number is read as its text then: the same id, only slower',
  },
  {
    file: 'src/catalog/movie-table.ts',
    code: 'if (wanted === undefined) return undefined;',
    change: 'return undefined; -> ;',
    reason: 'the search finds no row for undefined',
  },
  {
    file: 'src/catalog/nearest-names.ts',
    code: 'for (let i = 0; i <= a.length; i++) table[i * width] = i;',
    change: '0 -> 1',
    reason: 'the first entry of a new table is 0',
  },
  {
    file: 'src/catalog/nearest-names.ts',
    code: 'for (let j = 0; j <= b.length; j++) table[j] = j;',
    change: '0 -> 1',
    reason: 'the first entry of a new table is 0',
  },
  {
    file: 'src/catalog/query-variants.ts',
    code: 'if (index.words.indexOf(left) < 0) continue;',
    change: 'continue; -> ;',
    reason: 'a part that is no word is in no text, so the caller drops it; the check saves work only',
  },
  {
    file: 'src/catalog/title-search.ts',
    code: 'if (this.#total[text] === 0) texts.push(text);',
    change: 'this.#total[text] === 0 -> true',
    reason: 'a text that is listed twice gets the same score twice',
  },
  {
    file: 'src/catalog/title-search.ts',
    code: 'if (this.#wordsFound[text] <= needed) continue;',
    change: 'this.#wordsFound[text] <= needed -> this.#wordsFound[text] < needed',
    reason: 'a text with as many words sets the number to what it is; the check saves work only',
  },
  {
    file: 'src/accounts/auth-secret.ts',
    code: `const temporary = \`\${path}.\${process.pid}.\${randomBytes(4).toString('hex')}\`;`,
    change: '4 -> 3',
    reason: 'no two names are equal with three bytes either',
  },
  {
    file: 'src/accounts/recent-credentials.ts',
    code: 'this.#generation++;',
    change: 'this.#generation++ -> this.#generation--',
    reason: 'a generation is compared for equality only',
  },
  {
    file: 'src/http/encoded-body.ts',
    code: "this.#etag ??= hash('sha1', this.plain, 'base64url').slice(0, 20);",
    change:
      "this.#etag ??= hash('sha1', this.plain, 'base64url').slice(0, 20) -> this.#etag = hash('sha1', this.plain, 'base64url').slice(0, 20)",
    reason: 'the same bytes have the same hash; it is kept to save the time only',
  },
  {
    file: 'src/http/http-server.ts',
    code: "void sendError(reply.headers({ ...defaults, 'x-request-id': request.id }), error.statusCode ?? 400, 'The address cannot be read.'),",
    change: '400 -> 401',
    reason: 'every error that Fastify reports here has a status; the default is for the type only',
  },
  {
    file: 'src/http/http-server.ts',
    code: "if (logRequests === 'all' || status >= 400 || (logRequests === 'sample' && succeeded++ % SAMPLE === 0))",
    change: 'succeeded++ -> succeeded--',
    reason: 'counted down, every hundredth number is a multiple of a hundred too',
  },
  {
    file: 'src/http/traced-requests.ts',
    code: "app.decorateRequest('trace', undefined);",
    change: "app.decorateRequest('trace', undefined); -> ;",
    reason: 'a property that nobody declared is undefined too; declared ones are faster',
  },
  {
    file: 'src/http/poster-cache.ts',
    code: 'sizeCalculation: (bytes) => Math.ceil(Math.max(bytes, 1) / BLOCK_BYTES) * BLOCK_BYTES,',
    change: '1 -> 2',
    reason: 'one byte takes a block, and so do two',
  },
  {
    file: 'src/recommendations/cache/frequency-sketch.ts',
    code: 'const ROWS = 4;',
    change: '4 -> 5',
    reason: 'more rows make the counts more exact, for more memory',
  },
  {
    file: 'src/graphql/limits/budgeted-schema.ts',
    code: 'return properties.has(field);',
    change: 'return properties.has(field); -> return undefined as never;',
    reason: 'the value is then read by a resolver: the same one, only slower',
  },
  {
    file: 'src/graphql/limits/budgeted-schema.ts',
    code: 'const nullable = !isNonNullType(field.type);',
    change: '!isNonNullType(field.type) -> isNonNullType(field.type)',
    reason: 'how a field of a stopped request ends is not seen: its whole answer is replaced',
  },
  {
    file: 'src/graphql/limits/budgeted-schema.ts',
    code: 'if (budget.stopped !== undefined) return endField(context, nullable);',
    change: 'return endField(context, nullable); -> return undefined as never;',
    reason: 'how a field of a stopped request ends is not seen: its whole answer is replaced',
  },
  {
    file: 'src/graphql/limits/document-store.ts',
    code: 'let bytes = 2 * (loc?.source.body.length ?? 0);',
    change: '0 -> -1',
    reason: 'the last line raises what is below 1',
  },
  {
    file: 'src/graphql/limits/document-store.ts',
    code: 'const MAX_TEXT_BYTES = 4_194_304;',
    change: '4_194_304 -> 4194305',
    reason: 'what is stored has an even number of bytes',
  },
  {
    file: 'src/graphql/limits/document-shape.ts',
    code: 'shape.directives += operation.directives?.length ?? 0;',
    change: 'operation.directives?.length ?? 0 -> operation.directives?.length',
    reason: 'the parser gives every operation a list of directives; the default is for the type only',
  },
  {
    file: 'src/graphql/limits/json-values.ts',
    code: 'for (let at = 0; at < json.length; at++) {',
    change: '0 -> -1',
    reason: 'before the first character there is none to count',
  },
  {
    file: 'src/graphql/limits/json-values.ts',
    code: 'return json.length;',
    change: 'return json.length; -> return undefined as never;',
    reason: 'the loop of the caller ends in both cases',
  },
  {
    file: 'src/graphql/limits/limits-plugin.ts',
    code: 'if (operation === undefined) return;',
    change: 'return; -> ;',
    reason: 'Apollo calls this with an operation only; the check is for the type',
  },
  {
    file: 'src/graphql/limits/operation-cost.ts',
    code: "const count = Array.isArray(value) ? value.length : typeof value === 'number' ? value : 1;",
    change: '1 -> 0',
    reason: 'the next line raises 0 to 1',
  },
  {
    file: 'src/graphql/limits/json-values.ts',
    code: `for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {`,
    change: '0 -> 1',
    reason: 'a closing quote is behind another character, so its place is at least 1',
  },
  {
    file: 'src/graphql/limits/json-values.ts',
    code: `for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {`,
    change: 'at >= 0 -> at > 0',
    reason: 'a closing quote is behind another character, so its place is at least 1',
  },
  {
    file: 'src/graphql/limits/limits-plugin.ts',
    code: 'nodes: error.nodes ?? [],',
    change: 'error.nodes ?? [] -> error.nodes',
    reason: 'every error of a variable has its place; the default is for the type only',
  },
  {
    file: 'src/http/pages.ts',
    code: "const routes: PageRoute[] = JSON.parse(readFileSync(join(clientDirectory, 'routes.json'), 'utf8'));",
    change: "'utf8' -> ''",
    reason: 'without an encoding there are bytes, and they are read as UTF-8',
  },
];
