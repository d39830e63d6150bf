-- Loads one CSV file. Malformed lines go to DuckDB's reject tables. Names and types of the columns are bound.
CREATE OR REPLACE TEMP TABLE loaded AS
FROM read_csv(
  $path, columns = $columns, compression = $compression, strict_mode = $strict,
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
  store_rejects = true, rejects_limit = 10000
);
