-- One CSV file as it is; what cannot be read goes to DuckDB's reject tables. The columns' names and types are bound.
CREATE OR REPLACE TEMP TABLE loaded AS
FROM read_csv(
  $path, columns = $columns, compression = $compression, strict_mode = $strict,
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
  store_rejects = true, rejects_limit = 10000
);
