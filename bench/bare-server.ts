import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

// A server that does nothing: it answers each request with the bytes of a file. Arguments: the file, the port. Run by bench/http.ts.
const bytes = readFileSync(process.argv[2]);
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(bytes);
}).listen(Number(process.argv[3]), '127.0.0.1');
