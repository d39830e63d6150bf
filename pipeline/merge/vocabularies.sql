CREATE TABLE genre_spellings AS SELECT unnest($spellings) AS spelling, unnest($genres) AS genre, generate_subscripts($genres, 1) AS rank;
CREATE TABLE languages AS SELECT unnest($languageNames) AS name, unnest($languageCodes) AS code;
