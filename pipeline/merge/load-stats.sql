INSERT INTO rating_stats
SELECT whole_id(movieId), arg_max(mean, "count"), max("count"), 0
FROM read_csv(
  $path, columns = $columns, compression = $compression, strict_mode = $strict,
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
  store_rejects = true, rejects_limit = 10000
)
-- Statistics that no ratings on MovieLens' scale have are left out, as such ratings are.
WHERE whole_id(movieId) IS NOT NULL AND "count" BETWEEN 1 AND 1000000000 AND mean BETWEEN 0.5 AND 5
GROUP BY 1;
