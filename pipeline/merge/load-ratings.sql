-- Aggregates without a table of ratings, because MovieLens 32M has 32 million lines. Ratings outside MovieLens' scale are left out.
INSERT INTO rating_stats
SELECT movieId, avg(rating), count(*)
FROM read_csv(
  $path, columns = $columns, compression = $compression, strict_mode = $strict,
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
  store_rejects = true, rejects_limit = 10000
)
WHERE movieId IS NOT NULL AND rating BETWEEN 0.5 AND 5
GROUP BY movieId;
