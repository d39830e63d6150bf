INSERT INTO raw_availability
SELECT whole_id(tmdb_id), region_code(region), lower(trim(kind)), whole_id(provider_id), clean_text(service),
  TRY_CAST(since AS DATE)::VARCHAR, TRY_CAST(left_at AS DATE)::VARCHAR
FROM (FROM raw_availability UNION ALL BY NAME FROM loaded);
