CREATE TABLE account (
    id text NOT NULL,
    "accountId" text NOT NULL,
    "providerId" text NOT NULL,
    "userId" text NOT NULL,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamp with time zone,
    "refreshTokenExpiresAt" timestamp with time zone,
    scope text,
    password text,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL
);
CREATE TABLE apikey (
    id text NOT NULL,
    "configId" text NOT NULL,
    name text,
    start text,
    "referenceId" text NOT NULL,
    prefix text,
    key text NOT NULL,
    "refillInterval" integer,
    "refillAmount" integer,
    "lastRefillAt" timestamp with time zone,
    enabled boolean,
    "rateLimitEnabled" boolean,
    "rateLimitTimeWindow" integer,
    "rateLimitMax" integer,
    "requestCount" integer,
    remaining integer,
    "lastRequest" timestamp with time zone,
    "expiresAt" timestamp with time zone,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    permissions text,
    metadata text
);
CREATE TABLE cinematch_migrations (
    name text NOT NULL,
    applied_at bigint NOT NULL
);
CREATE TABLE jwks (
    id text NOT NULL,
    "publicKey" text NOT NULL,
    "privateKey" text NOT NULL,
    "createdAt" timestamp with time zone NOT NULL,
    "expiresAt" timestamp with time zone,
    alg text,
    crv text
);
CREATE TABLE library_feedback (
    user_id text NOT NULL,
    movie_id integer NOT NULL,
    signal text NOT NULL,
    said_at bigint NOT NULL
);
CREATE TABLE library_preferences (
    user_id text NOT NULL,
    preferred_genres text NOT NULL,
    services text NOT NULL,
    languages text NOT NULL,
    runtime_min integer,
    runtime_max integer
);
CREATE TABLE library_watchlist (
    user_id text NOT NULL,
    movie_id integer NOT NULL,
    title text NOT NULL,
    sort_title text NOT NULL COLLATE pg_catalog."C",
    year integer NOT NULL,
    added_at bigint NOT NULL,
    watched integer NOT NULL,
    watched_at bigint
);
CREATE TABLE session (
    id text NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    token text NOT NULL,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    "ipAddress" text,
    "userAgent" text,
    "userId" text NOT NULL
);
CREATE TABLE "user" (
    id text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    "emailVerified" boolean NOT NULL,
    image text,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "isAnonymous" boolean
);
CREATE TABLE verification (
    id text NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    "expiresAt" timestamp with time zone NOT NULL,
    "createdAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE ONLY account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY apikey
    ADD CONSTRAINT apikey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY cinematch_migrations
    ADD CONSTRAINT cinematch_migrations_pkey PRIMARY KEY (name);
ALTER TABLE ONLY jwks
    ADD CONSTRAINT jwks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY library_feedback
    ADD CONSTRAINT library_feedback_key PRIMARY KEY (user_id, movie_id);
ALTER TABLE ONLY library_preferences
    ADD CONSTRAINT library_preferences_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY library_watchlist
    ADD CONSTRAINT library_watchlist_key PRIMARY KEY (user_id, movie_id);
ALTER TABLE ONLY session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY session
    ADD CONSTRAINT session_token_key UNIQUE (token);
ALTER TABLE ONLY "user"
    ADD CONSTRAINT user_email_key UNIQUE (email);
ALTER TABLE ONLY "user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY verification
    ADD CONSTRAINT verification_pkey PRIMARY KEY (id);
CREATE INDEX "account_userId_idx" ON account USING btree ("userId");
CREATE INDEX "apikey_configId_idx" ON apikey USING btree ("configId");
CREATE INDEX apikey_key_idx ON apikey USING btree (key);
CREATE INDEX "apikey_referenceId_idx" ON apikey USING btree ("referenceId");
CREATE INDEX library_watchlist_by_time ON library_watchlist USING btree (user_id, added_at, movie_id);
CREATE INDEX "session_userId_idx" ON session USING btree ("userId");
CREATE INDEX verification_identifier_idx ON verification USING btree (identifier);
ALTER TABLE ONLY account
    ADD CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE;
ALTER TABLE ONLY session
    ADD CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE;
insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt") values ('ann', 'Ann', 'ann@example.org', true, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');
insert into session (id, "expiresAt", token, "createdAt", "updatedAt", "userId")
values ('s1', '2036-01-01T00:00:00.000Z', 't1', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'ann');
insert into library_watchlist (user_id, movie_id, title, sort_title, year, added_at, watched) values ('ann', 7, 'Movie 7', 'movie 7', 2000, 1, 0);
insert into library_feedback values ('ann', 7, 'LIKE', 1);
insert into cinematch_migrations values ('1-library', 1);
