INSERT INTO rating_stats
SELECT movieId, arg_max(mean, "count"), max("count")
FROM read_csv(
  $path, columns = $columns, compression = $compression, strict_mode = $strict,
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
  store_rejects = true, rejects_limit = 10000
)
WHERE movieId IS NOT NULL AND "count" > 0 AND mean IS NOT NULL
GROUP BY movieId;
