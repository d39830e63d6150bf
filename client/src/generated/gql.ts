/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query SciFiAndActionOnNetflix {\n  recommendations(\n    prefs: {likedMovieIds: [\"2571\"], preferredGenres: [\"Sci-Fi\", \"Action\"], services: [\"Netflix\"]}\n    first: 20\n  ) {\n    totalCount\n    nodes {\n      movie {\n        title\n        year\n        runtime\n        genres {\n          name\n        }\n        services {\n          name\n        }\n      }\n      explanation\n      score\n      reasons {\n        label\n        contribution\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.SciFiAndActionOnNetflixDocument,
    "query Search($query: String! = \"matirx\", $filter: MovieFilterInput = {yearMin: 1990}) {\n  searchMovies(query: $query, filter: $filter, first: 10) {\n    totalCount\n    nodes {\n      id\n      title\n      year\n      directors\n      ratingAverage\n      ratingCount\n    }\n  }\n}": typeof types.SearchDocument,
    "query MovieAndItsLikes($id: ID! = \"1214\") {\n  movie(id: $id) {\n    title\n    year\n    overview\n    directors\n    cast\n    keywords\n    originalLanguage\n    posterUrl(width: 500)\n    similar(first: 8) {\n      score\n      explanation\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n}": typeof types.MovieAndItsLikesDocument,
    "query Catalog {\n  catalog {\n    version\n    dataset\n    movieCount\n    builtAt\n  }\n  genres {\n    id\n    name\n    movieCount\n  }\n  services {\n    id\n    name\n    movieCount\n  }\n}": typeof types.CatalogDocument,
    "\n  query Invitation($token: String!) {\n    invitation(token: $token) {\n      email\n      expiresAt\n    }\n  }\n": typeof types.InvitationDocument,
    "\n  query ProviderButtons {\n    signInProviders {\n      id\n      name\n    }\n  }\n": typeof types.ProviderButtonsDocument,
    "\n  query Session {\n    viewer {\n      id\n      name\n      email\n      isGuest\n      role\n    }\n  }\n": typeof types.SessionDocument,
    "\n  query SignInOptions {\n    signInOptions {\n      registration\n      mail\n      guests\n      passwords\n      refusal\n    }\n  }\n": typeof types.SignInOptionsDocument,
    "\n  fragment FilterBar_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    ...FilterDialog_query\n  }\n": typeof types.FilterBar_QueryFragmentDoc,
    "\n  fragment FilterDialog_query on Query {\n    services {\n      id\n      name\n    }\n    languages {\n      id\n    }\n  }\n": typeof types.FilterDialog_QueryFragmentDoc,
    "\n  query Home {\n    catalog {\n      version\n    }\n    ...FilterBar_query\n  }\n": typeof types.HomeDocument,
    "\n  query HomeRails($arrived: PreferencesInput!, $left: PreferencesInput!, $recent: PreferencesInput!, $first: Int!) {\n    arrived: recommendations(first: $first, prefs: $arrived) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    left: recommendations(first: $first, prefs: $left) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    recent: recommendations(first: $first, prefs: $recent) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    viewer {\n      id\n      likedMovies {\n        id\n        title\n      }\n      preferences {\n        services {\n          id\n        }\n      }\n    }\n  }\n": typeof types.HomeRailsDocument,
    "\n  query RankedRail($prefs: PreferencesInput!, $mode: RecommendationMode!, $first: Int!) {\n    recommendations(first: $first, mode: $mode, prefs: $prefs) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n          ...MovieCard_recommendation\n        }\n      }\n    }\n  }\n": typeof types.RankedRailDocument,
    "\n  fragment RecommendationList_connection on RecommendationConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        movie {\n          id\n        }\n        ...MovieCard_recommendation\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.RecommendationList_ConnectionFragmentDoc,
    "\n  query SimilarRail($id: ID!, $first: Int!) {\n    movie(id: $id) {\n      id\n      similar(first: $first) {\n        movie {\n          id\n          viewerFeedback\n          ...CardReactions_movie\n        }\n        ...MovieCard_recommendation\n        ...WhyThis_recommendation\n      }\n    }\n  }\n": typeof types.SimilarRailDocument,
    "\n  fragment AppliedFilters_connection on RecommendationConnection {\n    appliedFilters {\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      languages\n      runtimeMin\n      runtimeMax\n      familiar\n    }\n  }\n": typeof types.AppliedFilters_ConnectionFragmentDoc,
    "\n  query HomeList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {\n    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {\n      ...RecommendationList_connection\n      ...AppliedFilters_connection\n      edges {\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n        }\n      }\n    }\n  }\n": typeof types.HomeListDocument,
    "\n  query ShownList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {\n    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {\n      ...RecommendationList_connection\n      ...AppliedFilters_connection\n    }\n  }\n": typeof types.ShownListDocument,
    "\n  query Imports {\n    viewer {\n      id\n      imports(first: 10) {\n        id\n        importedAt\n        files\n        movieCount\n        changeCount\n        undoneAt\n      }\n    }\n  }\n": typeof types.ImportsDocument,
    "\n  mutation UndoImport($id: ID!) {\n    undoImport(id: $id) {\n      id\n      changeCount\n      undoneAt\n    }\n  }\n": typeof types.UndoImportDocument,
    "\n  query ImportProgress {\n    viewer {\n      id\n      importProgress {\n        phase\n        done\n        total\n      }\n    }\n  }\n": typeof types.ImportProgressDocument,
    "\n  mutation ImportHistory(\n    $files: [HistoryFileInput!]!\n    $dryRun: Boolean!\n    $choices: [ImportChoice!]!\n    $likeFrom: Float!\n    $dislikeUpTo: Float!\n    $takenFrom: Int!\n    $doubtfulFrom: Int!\n    $notFoundFrom: Int!\n  ) {\n    importFiles(files: $files, dryRun: $dryRun, choices: $choices, likeFrom: $likeFrom, dislikeUpTo: $dislikeUpTo) {\n      importId\n      rowCount\n      movieCount\n      likes\n      dislikes\n      feedbackRemoved\n      ratings\n      plays\n      addedToWatch\n      files {\n        name\n        archive\n        rowsMean\n        problem\n        source\n        rowCount\n        questions\n        ratingScale\n        unreadDates\n        columns {\n          column\n          field\n          sample\n        }\n      }\n      takenCount\n      taken(first: 200, offset: $takenFrom) {\n        row\n        title\n        year\n        rating\n        signal\n        watched\n        listed\n        reason\n        movie {\n          id\n          title\n          year\n          ...Poster_movie\n        }\n      }\n      doubtfulCount\n      doubtful(first: 200, offset: $doubtfulFrom) {\n        row\n        title\n        year\n        candidates {\n          movie {\n            id\n            title\n            year\n            directors\n          }\n        }\n      }\n      notFoundCount\n      notFound(first: 200, offset: $notFoundFrom) {\n        row\n        title\n        year\n        problem\n      }\n    }\n  }\n": typeof types.ImportHistoryDocument,
    "\n  query Landing($known: [ID!]!, $liked: [ID!]!) {\n    movies(ids: $known) {\n      id\n      ...PickableMovie_movie\n    }\n    recommendations(first: 1, prefs: { likedMovieIds: $liked, services: [], preferredGenres: [], languages: [] }) {\n      nodes {\n        explanationParts {\n          ...Explanation_part\n        }\n        movie {\n          id\n          title\n          year\n          runtime\n          services {\n            id\n            name\n          }\n          ...Poster_movie\n        }\n        ...WhyThis_recommendation\n      }\n    }\n  }\n": typeof types.LandingDocument,
    "\n  fragment HookEvents_event on HookEvent {\n    id\n    source\n    name\n    mediaUser\n    title\n    year\n    watched\n    liked\n    stars\n    receivedAt\n    deliveries\n    outcome\n    detail\n  }\n": typeof types.HookEvents_EventFragmentDoc,
    "\n  query HookEvents($offset: Int!) {\n    viewer {\n      id\n      hookEvents(first: 50, offset: $offset) {\n        ...HookEvents_event\n      }\n    }\n  }\n": typeof types.HookEventsDocument,
    "\n  fragment MediaServersSection_viewer on Viewer {\n    id\n    hook {\n      start\n      mediaUser\n      createdAt\n    }\n    hookEvents(first: 10) {\n      ...HookEvents_event\n    }\n  }\n": typeof types.MediaServersSection_ViewerFragmentDoc,
    "\n  mutation CreateHook($mediaUser: String) {\n    createHook(mediaUser: $mediaUser) {\n      token\n    }\n  }\n": typeof types.CreateHookDocument,
    "\n  mutation SetHookUser($mediaUser: String) {\n    setHookUser(mediaUser: $mediaUser) {\n      mediaUser\n    }\n  }\n": typeof types.SetHookUserDocument,
    "\n  mutation RevokeHook {\n    revokeHook\n  }\n": typeof types.RevokeHookDocument,
    "\n  fragment ExternalLinks_movie on Movie {\n    id\n    imdbId\n    tmdbId\n  }\n": typeof types.ExternalLinks_MovieFragmentDoc,
    "\n  query MoviePage($id: ID!) {\n    movie(id: $id) {\n      id\n      title\n      year\n      viewerRating\n      viewerFeedback\n      ...MovieFacts_movie\n      ...Series_movie\n      similar(first: 12) {\n        movie {\n          id\n          title\n          ...CardReactions_movie\n        }\n        ...MovieCard_recommendation\n        ...WhyThis_recommendation\n      }\n    }\n    recommendation(movieId: $id) {\n      ...PersonalScore_recommendation\n    }\n    viewer {\n      id\n      ...PersonalScore_viewer\n    }\n  }\n": typeof types.MoviePageDocument,
    "\n  fragment MovieFacts_movie on Movie {\n    id\n    title\n    year\n    runtime\n    overview\n    keywords\n    ratingAverage\n    ratingCount\n    certification\n    trailerKey\n    viewerFeedback\n    genres {\n      id\n      name\n    }\n    ...Poster_movie\n    ...MovieActions_movie\n    ...MovieStars_movie\n    ...MovieOffers_movie\n    ...MoviePeople_movie\n    ...Production_movie\n    ...ExternalLinks_movie\n  }\n": typeof types.MovieFacts_MovieFragmentDoc,
    "\n  fragment MovieOffers_movie on Movie {\n    id\n    services {\n      id\n      name\n    }\n    availability {\n      kind\n      providerId\n      service\n      since\n      leftAt\n      link\n      region\n    }\n  }\n": typeof types.MovieOffers_MovieFragmentDoc,
    "\n  fragment MoviePeople_movie on Movie {\n    id\n    cast\n    directors\n    credits {\n      job\n      name\n      personId\n    }\n  }\n": typeof types.MoviePeople_MovieFragmentDoc,
    "\n  fragment PersonalScore_recommendation on Recommendation {\n    reasons {\n      kind\n    }\n    movie {\n      id\n      viewerFeedback\n      services {\n        id\n        name\n      }\n    }\n    ...WhyThis_recommendation\n  }\n": typeof types.PersonalScore_RecommendationFragmentDoc,
    "\n  fragment PersonalScore_viewer on Viewer {\n    preferences {\n      services {\n        id\n      }\n    }\n  }\n": typeof types.PersonalScore_ViewerFragmentDoc,
    "\n  fragment Production_movie on Movie {\n    id\n    title\n    originalTitle\n    originalLanguage\n    spokenLanguages\n    countries\n    companies\n  }\n": typeof types.Production_MovieFragmentDoc,
    "\n  fragment Series_movie on Movie {\n    id\n    collection\n    collectionMovies {\n      id\n      title\n      year\n      ...Poster_movie\n    }\n  }\n": typeof types.Series_MovieFragmentDoc,
    "\n  fragment AbsenceNote_movie on Movie {\n    absence\n  }\n": typeof types.AbsenceNote_MovieFragmentDoc,
    "\n  fragment Explanation_part on ExplanationPart {\n    kind\n    subjects {\n      id\n      name\n    }\n  }\n": typeof types.Explanation_PartFragmentDoc,
    "\n  fragment MovieActions_movie on Movie {\n    id\n    title\n    viewerFeedback\n    watchlistEntry {\n      addedAt\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n": typeof types.MovieActions_MovieFragmentDoc,
    "\n  fragment MovieCard_recommendation on Recommendation {\n    explanationParts {\n      ...Explanation_part\n    }\n    movie {\n      ratingAverage\n      ...MovieSummary_movie\n    }\n  }\n": typeof types.MovieCard_RecommendationFragmentDoc,
    "\n  fragment CardReactions_movie on Movie {\n    id\n    title\n    viewerFeedback\n    viewerRating\n    ...MovieActions_movie\n    ...PosterStars_movie\n  }\n": typeof types.CardReactions_MovieFragmentDoc,
    "\n  fragment MovieLink_movie on Movie {\n    id\n    absence\n  }\n": typeof types.MovieLink_MovieFragmentDoc,
    "\n  fragment MovieStars_movie on Movie {\n    id\n    title\n    viewerRating\n    viewerFeedback\n  }\n": typeof types.MovieStars_MovieFragmentDoc,
    "\n  fragment PosterStars_movie on Movie {\n    viewerRating\n    ...MovieStars_movie\n  }\n": typeof types.PosterStars_MovieFragmentDoc,
    "\n  query WhyDialog($movieId: ID!, $prefs: PreferencesInput!, $mode: RecommendationMode!) {\n    recommendation(movieId: $movieId, prefs: $prefs, mode: $mode) {\n      explanationParts {\n        ...Explanation_part\n      }\n      movie {\n        id\n      }\n      ...WhyThis_recommendation\n    }\n  }\n": typeof types.WhyDialogDocument,
    "\n  fragment WhyThis_recommendation on Recommendation {\n    score\n    movie {\n      id\n      genres {\n        id\n        name\n      }\n    }\n    reasons {\n      kind\n      label\n      contribution\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n": typeof types.WhyThis_RecommendationFragmentDoc,
    "\n  mutation SetFeedback($movieId: ID!, $signal: FeedbackSignal!) {\n    setFeedback(movieId: $movieId, signal: $signal) {\n      id\n      viewerFeedback\n    }\n  }\n": typeof types.SetFeedbackDocument,
    "\n  mutation RateMovie($movieId: ID!, $stars: Float) {\n    rateMovie(movieId: $movieId, stars: $stars) {\n      id\n      viewerRating\n      viewerFeedback\n    }\n  }\n": typeof types.RateMovieDocument,
    "\n  query Onboarding {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    viewer {\n      id\n      likedMovies {\n        id\n      }\n      preferences {\n        preferredGenres {\n          id\n        }\n        services {\n          id\n        }\n        languages\n        runtimeMin\n        runtimeMax\n        familiar\n      }\n    }\n  }\n": typeof types.OnboardingDocument,
    "\n  query PickMovies($liked: [ID!]!, $genres: [String!]!) {\n    recommendations(\n      first: 24\n      mode: DIVERSE\n      prefs: { likedMovieIds: $liked, preferredGenres: $genres, genreMatch: PREFER, services: [], languages: [] }\n    ) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...PickableMovie_movie\n          }\n        }\n      }\n    }\n    movies(ids: $liked) {\n      id\n      ...PickableMovie_movie\n    }\n  }\n": typeof types.PickMoviesDocument,
    "\n  query FindMovies($query: String!) {\n    searchMovies(query: $query, first: 12) {\n      edges {\n        cursor\n        node {\n          id\n          ...PickableMovie_movie\n        }\n      }\n    }\n  }\n": typeof types.FindMoviesDocument,
    "\n  fragment PickableMovie_movie on Movie {\n    id\n    title\n    year\n    ...Poster_movie\n  }\n": typeof types.PickableMovie_MovieFragmentDoc,
    "\n  mutation SaveLike($movieId: ID!) {\n    setFeedback(movieId: $movieId, signal: LIKE) {\n      id\n      viewerFeedback\n    }\n  }\n": typeof types.SaveLikeDocument,
    "\n  fragment OpinionItem_movie on Movie {\n    id\n    title\n    year\n    runtime\n    absence\n    viewerRating\n    genres {\n      id\n      name\n    }\n    ...AbsenceNote_movie\n    ...MovieLink_movie\n    ...Poster_movie\n    ...MovieActions_movie\n    ...MovieStars_movie\n  }\n": typeof types.OpinionItem_MovieFragmentDoc,
    "\n  query Opinions($seenAfter: String, $ratedAfter: String) {\n    viewer {\n      id\n      ...Traits_viewer\n      likedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      dislikedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      notInterestedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      ...SeenMovies_viewer\n      ...RatedMovies_viewer\n    }\n  }\n": typeof types.OpinionsDocument,
    "\n  fragment Traits_viewer on Viewer {\n    likedMovies {\n      id\n    }\n    profileTraits {\n      kind\n      value\n      name\n      likes\n      dislikes\n      movies {\n        id\n        title\n      }\n    }\n  }\n": typeof types.Traits_ViewerFragmentDoc,
    "\n  fragment SeenMovies_viewer on Viewer {\n    watchlist(status: WATCHED, first: 100, after: $seenAfter) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            title\n            ...OpinionItem_movie\n          }\n        }\n      }\n    }\n  }\n": typeof types.SeenMovies_ViewerFragmentDoc,
    "\n  fragment RatedMovies_viewer on Viewer {\n    ratings(first: 100, after: $ratedAfter) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            title\n            ...OpinionItem_movie\n          }\n        }\n      }\n    }\n  }\n": typeof types.RatedMovies_ViewerFragmentDoc,
    "\n  query MoreSeen($seenAfter: String!) {\n    viewer {\n      id\n      ...SeenMovies_viewer\n    }\n  }\n": typeof types.MoreSeenDocument,
    "\n  query MoreRated($ratedAfter: String!) {\n    viewer {\n      id\n      ...RatedMovies_viewer\n    }\n  }\n": typeof types.MoreRatedDocument,
    "\n  mutation SetAccountRole($userId: ID!, $role: AccountRole!) {\n    setAccountRole(userId: $userId, role: $role) {\n      id\n      role\n    }\n  }\n": typeof types.SetAccountRoleDocument,
    "\n  mutation SignOutAccount($userId: ID!) {\n    signOutAccount(userId: $userId) {\n      id\n      sessionCount\n    }\n  }\n": typeof types.SignOutAccountDocument,
    "\n  mutation DisableAccount($userId: ID!) {\n    disableAccount(userId: $userId) {\n      id\n      disabled\n      sessionCount\n    }\n  }\n": typeof types.DisableAccountDocument,
    "\n  mutation EnableAccount($userId: ID!) {\n    enableAccount(userId: $userId) {\n      id\n      disabled\n    }\n  }\n": typeof types.EnableAccountDocument,
    "\n  mutation DeleteAccount($userId: ID!) {\n    deleteAccount(userId: $userId)\n  }\n": typeof types.DeleteAccountDocument,
    "\n  mutation CreatePasswordResetLink($userId: ID!) {\n    createPasswordResetLink(userId: $userId) {\n      url\n      expiresAt\n      mailedTo\n    }\n  }\n": typeof types.CreatePasswordResetLinkDocument,
    "\n  query OwnerAccounts($first: Int!, $after: String, $search: String) {\n    admin {\n      accounts(first: $first, after: $after, search: $search) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          name\n          email\n          role\n          disabled\n          lastSeenAt\n          sessionCount\n          apiKeyCount\n        }\n      }\n      guestCount\n    }\n  }\n": typeof types.OwnerAccountsDocument,
    "\n  query OwnerAudit($after: String) {\n    admin {\n      auditLog(first: 20, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          at\n          actor\n          action\n          subject\n          detail\n          address\n        }\n      }\n    }\n  }\n": typeof types.OwnerAuditDocument,
    "\n  query OwnerCatalog {\n    catalog {\n      version\n      dataAt\n      dataAge\n    }\n    admin {\n      catalog {\n        previous\n        versions {\n          version\n          dataset\n          builtAt\n          dataAt\n          movieCount\n          model\n          megabytes\n          protocol\n          isPublished\n          isServed\n          quality {\n            likes\n            ndcg\n          }\n        }\n        refresh {\n          ...RefreshSection_refresh\n        }\n      }\n    }\n  }\n": typeof types.OwnerCatalogDocument,
    "\n  mutation PublishVersion($version: ID!) {\n    publishVersion(version: $version) {\n      publishedAt\n    }\n  }\n": typeof types.PublishVersionDocument,
    "\n  mutation RollBackCatalog {\n    rollBackCatalog {\n      publishedAt\n    }\n  }\n": typeof types.RollBackCatalogDocument,
    "\n  query OwnerHook {\n    admin {\n      hook {\n        start\n        createdAt\n      }\n      hookUsers {\n        source\n        name\n        userId\n        email\n        seenAt\n        waiting\n      }\n      hookEvents(first: 100) {\n        ...ServerHookEvents_event\n      }\n      accounts(first: 100) {\n        nodes {\n          id\n          name\n          email\n        }\n      }\n    }\n  }\n": typeof types.OwnerHookDocument,
    "\n  mutation CreateServerHook {\n    createServerHook {\n      token\n    }\n  }\n": typeof types.CreateServerHookDocument,
    "\n  mutation RevokeServerHook {\n    revokeServerHook\n  }\n": typeof types.RevokeServerHookDocument,
    "\n  mutation MapHookUser($source: MediaSource!, $name: String!, $userId: ID) {\n    mapHookUser(source: $source, name: $name, userId: $userId) {\n      userId\n    }\n  }\n": typeof types.MapHookUserDocument,
    "\n  fragment RefreshSection_refresh on RefreshReport {\n    startedAt\n    finishedAt\n    seconds\n    result\n    failedStep\n    error\n    succeededAt\n    nextAt\n    newMovies\n    changedMovies\n    removedMovies\n    offersBegun\n    offersEnded\n    skipped\n    log\n  }\n": typeof types.RefreshSection_RefreshFragmentDoc,
    "\n  query OwnerRegistration {\n    admin {\n      registration {\n        mode\n        isFixed\n      }\n      invitations {\n        id\n        email\n        role\n        expiresAt\n      }\n    }\n  }\n": typeof types.OwnerRegistrationDocument,
    "\n  mutation SetRegistration($mode: RegistrationMode!) {\n    setRegistration(mode: $mode) {\n      mode\n    }\n  }\n": typeof types.SetRegistrationDocument,
    "\n  mutation CreateInvitation($email: String, $role: AccountRole!) {\n    createInvitation(email: $email, role: $role) {\n      url\n      expiresAt\n      mailedTo\n    }\n  }\n": typeof types.CreateInvitationDocument,
    "\n  mutation RevokeInvitation($id: ID!) {\n    revokeInvitation(id: $id)\n  }\n": typeof types.RevokeInvitationDocument,
    "\n  query RulePreview($rule: OperatorRuleInput!) {\n    admin {\n      rulePreview(rule: $rule) {\n        before {\n          movieId\n          ...RulePreview_movie\n        }\n        after {\n          movieId\n          ...RulePreview_movie\n        }\n      }\n    }\n  }\n": typeof types.RulePreviewDocument,
    "\n  mutation AddOperatorRule($rule: OperatorRuleInput!) {\n    addOperatorRule(rule: $rule) {\n      id\n    }\n  }\n": typeof types.AddOperatorRuleDocument,
    "\n  fragment RulePreview_movie on PreviewedMovie {\n    title\n    year\n    place\n    otherPlace\n    pinned\n  }\n": typeof types.RulePreview_MovieFragmentDoc,
    "\n  query OwnerRules {\n    admin {\n      operatorRules {\n        id\n        effect\n        movieId\n        genre\n        service\n        strength\n        subject\n        reason\n        createdBy\n        createdAt\n      }\n    }\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n  }\n": typeof types.OwnerRulesDocument,
    "\n  mutation DeleteOperatorRule($id: ID!) {\n    deleteOperatorRule(id: $id)\n  }\n": typeof types.DeleteOperatorRuleDocument,
    "\n  fragment ServerHookEvents_event on ServerHookEvent {\n    id\n    source\n    name\n    mediaUser\n    receivedAt\n    deliveries\n    outcome\n    detail\n  }\n": typeof types.ServerHookEvents_EventFragmentDoc,
    "\n  query OwnerStorage {\n    admin {\n      server {\n        version\n        changes\n        database\n        databaseMegabytes\n        freeMegabytes\n        backupVerifiedAt\n        mail {\n          waiting\n          sentAt\n          failedAt\n          failure\n        }\n        backups {\n          count\n          latestAt\n          latestMegabytes\n        }\n      }\n    }\n  }\n": typeof types.OwnerStorageDocument,
    "\n  fragment Workload_span on WorkloadSpan {\n    requests\n    p50Ms\n    p99Ms\n    refused\n    eventLoopDelayMs\n    errors {\n      name\n      count\n    }\n    cacheLayers {\n      name\n      count\n    }\n    slots {\n      at\n      requests\n      p99Ms\n      eventLoopDelayMs\n    }\n  }\n": typeof types.Workload_SpanFragmentDoc,
    "\n  query OwnerWorkload {\n    admin {\n      workload {\n        servers\n        hour {\n          ...Workload_span\n        }\n        day {\n          ...Workload_span\n        }\n      }\n    }\n  }\n": typeof types.OwnerWorkloadDocument,
    "\n  fragment Poster_movie on Movie {\n    id\n    title\n    year\n    posterUrl(width: 342)\n    genres {\n      id\n      name\n    }\n  }\n": typeof types.Poster_MovieFragmentDoc,
    "\n  fragment MovieSummary_movie on Movie {\n    id\n    title\n    year\n    runtime\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    ...Poster_movie\n  }\n": typeof types.MovieSummary_MovieFragmentDoc,
    "\n  fragment AccountSection_viewer on Viewer {\n    id\n    name\n    email\n    isGuest\n  }\n": typeof types.AccountSection_ViewerFragmentDoc,
    "\n  fragment AccountSection_query on Query {\n    ...SignInMethods_query\n  }\n": typeof types.AccountSection_QueryFragmentDoc,
    "\n  fragment PreferencesSection_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    languages {\n      id\n    }\n    regions\n    learnsFromViewers\n    catalog {\n      dataAt\n    }\n  }\n": typeof types.PreferencesSection_QueryFragmentDoc,
    "\n  query Profile {\n    viewer {\n      id\n      isGuest\n      role\n      ...AccountSection_viewer\n      ...SavedPreferences_viewer\n      ...MediaServersSection_viewer\n      webPush {\n        publicKey\n      }\n    }\n    regions\n    ...AccountSection_query\n    ...PreferencesSection_query\n  }\n": typeof types.ProfileDocument,
    "\n  fragment Recovery_query on Query {\n    signInOptions {\n      mail\n      passwords\n    }\n    viewer {\n      id\n      emailVerified\n    }\n  }\n": typeof types.Recovery_QueryFragmentDoc,
    "\n  fragment SignInMethods_query on Query {\n    signInProviders {\n      id\n      name\n    }\n    ...Recovery_query\n  }\n": typeof types.SignInMethods_QueryFragmentDoc,
    "\n  fragment SavedPreferences_viewer on Viewer {\n    id\n    preferences {\n      preferredGenres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      languages\n      runtimeMin\n      runtimeMax\n      familiar\n      region\n      learnFromMe\n    }\n  }\n": typeof types.SavedPreferences_ViewerFragmentDoc,
    "\n  mutation ClearFeedback {\n    clearFeedback {\n      id\n    }\n  }\n": typeof types.ClearFeedbackDocument,
    "\n  mutation SavePreferences($preferences: StoredPreferencesInput!) {\n    updatePreferences(preferences: $preferences) {\n      ...SavedPreferences_viewer\n    }\n  }\n": typeof types.SavePreferencesDocument,
    "\n  query NewsSubscription($endpoint: String!) {\n    viewer {\n      id\n      webPush(endpoint: $endpoint) {\n        isSubscribed\n        language\n      }\n    }\n  }\n": typeof types.NewsSubscriptionDocument,
    "\n  mutation SubscribeToNews($subscription: PushSubscriptionInput!) {\n    subscribeToPush(subscription: $subscription) {\n      isSubscribed\n    }\n  }\n": typeof types.SubscribeToNewsDocument,
    "\n  mutation UnsubscribeFromNews($endpoint: String!) {\n    unsubscribeFromPush(endpoint: $endpoint)\n  }\n": typeof types.UnsubscribeFromNewsDocument,
    "\n  fragment FoundMovie_movie on Movie {\n    directors\n    viewerFeedback\n    viewerRating\n    ...MovieSummary_movie\n    ...MovieActions_movie\n    ...PosterStars_movie\n  }\n": typeof types.FoundMovie_MovieFragmentDoc,
    "\n  fragment FoundMovies_connection on MovieConnection {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        ...FoundMovie_movie\n      }\n    }\n  }\n": typeof types.FoundMovies_ConnectionFragmentDoc,
    "\n  fragment ResultFilters_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n  }\n": typeof types.ResultFilters_QueryFragmentDoc,
    "\n  query SearchBox($query: String!) {\n    searchMovies(query: $query, first: 8) {\n      edges {\n        cursor\n        node {\n          id\n          title\n          year\n          directors\n          ...Poster_movie\n        }\n      }\n    }\n  }\n": typeof types.SearchBoxDocument,
    "\n  query Results($query: String!, $filter: MovieFilterInput, $after: String) {\n    searchMovies(query: $query, filter: $filter, first: 48, after: $after) {\n      ...FoundMovies_connection\n    }\n    ...ResultFilters_query\n  }\n": typeof types.ResultsDocument,
    "\n  query TaggedMovies($tag: MovieFilterInput!, $filter: MovieFilterInput!, $sort: MovieSort!, $isPerson: Boolean!, $after: String) {\n    catalogMovies(filter: $filter, sort: $sort, first: 48, after: $after) {\n      ...FoundMovies_connection\n    }\n    named: catalogMovies(filter: $tag, first: 1) @include(if: $isPerson) {\n      edges {\n        cursor\n        node {\n          id\n          credits {\n            personId\n            name\n          }\n        }\n      }\n    }\n    ...ResultFilters_query\n  }\n": typeof types.TaggedMoviesDocument,
    "\n  query MoviePicker($query: String!) {\n    searchMovies(query: $query, first: 6) {\n      edges {\n        cursor\n        node {\n          id\n          title\n          year\n        }\n      }\n    }\n  }\n": typeof types.MoviePickerDocument,
    "\n  query GroupList($members: [PreferencesInput!]!, $strategy: GroupStrategy!, $after: String) {\n    groupRecommendations(members: $members, strategy: $strategy, first: 12, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          members {\n            score\n          }\n          movie {\n            id\n          }\n          ...GroupMovie_recommendation\n        }\n      }\n    }\n  }\n": typeof types.GroupListDocument,
    "\n  fragment GroupMovie_recommendation on GroupRecommendation {\n    score\n    members {\n      member\n      score\n      explanationParts {\n        kind\n        ...Explanation_part\n      }\n    }\n    movie {\n      ...MovieSummary_movie\n    }\n  }\n": typeof types.GroupMovie_RecommendationFragmentDoc,
    "\n  query Together($ids: [ID!]!) {\n    movies(ids: $ids) {\n      id\n      title\n    }\n    services {\n      id\n      name\n    }\n    viewer {\n      id\n      name\n      isGuest\n      likedMovies {\n        id\n        title\n      }\n    }\n  }\n": typeof types.TogetherDocument,
    "\n  fragment SharedGroup_group on SharedGroup {\n    id\n    version\n    members {\n      name\n      movieIds\n    }\n    strategy\n    services\n    runtimeMax\n    votes {\n      movieId\n      count\n      mine\n    }\n  }\n": typeof types.SharedGroup_GroupFragmentDoc,
    "\n  query SharedGroup($id: ID!) {\n    sharedGroup(id: $id) {\n      ...SharedGroup_group\n    }\n  }\n": typeof types.SharedGroupDocument,
    "\n  query SharedGroupVersion($id: ID!) {\n    sharedGroup(id: $id) {\n      version\n    }\n  }\n": typeof types.SharedGroupVersionDocument,
    "\n  mutation CreateSharedGroup($group: SharedGroupInput!) {\n    createSharedGroup(group: $group) {\n      ...SharedGroup_group\n    }\n  }\n": typeof types.CreateSharedGroupDocument,
    "\n  mutation ChangeSharedGroup($id: ID!, $version: Int!, $group: SharedGroupInput!) {\n    changeSharedGroup(id: $id, version: $version, group: $group) {\n      saved\n      group {\n        ...SharedGroup_group\n      }\n    }\n  }\n": typeof types.ChangeSharedGroupDocument,
    "\n  mutation VoteInSharedGroup($id: ID!, $movieId: ID!, $vote: Boolean!) {\n    voteInSharedGroup(id: $id, movieId: $movieId, vote: $vote) {\n      ...SharedGroup_group\n    }\n  }\n": typeof types.VoteInSharedGroupDocument,
    "\n  fragment Questions_query on Query {\n    genres {\n      id\n      name\n      movieCount\n    }\n  }\n": typeof types.Questions_QueryFragmentDoc,
    "\n  query Tonight($prefs: PreferencesInput!) {\n    recommendations(first: 40, prefs: $prefs) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            viewerRating\n          }\n          ...TonightMovie_recommendation\n        }\n      }\n    }\n    ...Questions_query\n    viewer {\n      id\n      preferences {\n        services {\n          id\n        }\n      }\n    }\n  }\n": typeof types.TonightDocument,
    "\n  fragment TonightMovie_recommendation on Recommendation {\n    explanationParts {\n      ...Explanation_part\n    }\n    movie {\n      id\n      title\n      year\n      runtime\n      overview\n      ratingAverage\n      viewerRating\n      viewerFeedback\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      watchlistEntry {\n        addedAt\n        watched\n        watchedAt\n        movie {\n          id\n        }\n      }\n      ...Poster_movie\n      ...MovieStars_movie\n    }\n  }\n": typeof types.TonightMovie_RecommendationFragmentDoc,
    "\n  query RandomPick {\n    viewer {\n      id\n      watchlist(status: TO_WATCH, first: 100) {\n        edges {\n          cursor\n          node {\n            movie {\n              id\n              absence\n              title\n              year\n              runtime\n              overview\n              ...Poster_movie\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.RandomPickDocument,
    "\n  query RankedWatchlist($prefs: PreferencesInput!, $sort: MovieSort, $after: String, $own: Boolean!, $sharedId: ID) {\n    recommendations(prefs: $prefs, sort: $sort, onWatchlist: $own, sharedWatchlistId: $sharedId, first: 48, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n          ...MovieCard_recommendation\n        }\n      }\n    }\n    services {\n      id\n      name\n    }\n  }\n": typeof types.RankedWatchlistDocument,
    "\n  query WatchlistLink {\n    viewer {\n      id\n      watchlistLink {\n        id\n        name\n      }\n    }\n  }\n": typeof types.WatchlistLinkDocument,
    "\n  mutation ShareWatchlist($name: String!) {\n    shareWatchlist(name: $name) {\n      id\n      name\n    }\n  }\n": typeof types.ShareWatchlistDocument,
    "\n  mutation StopSharingWatchlist {\n    stopSharingWatchlist\n  }\n": typeof types.StopSharingWatchlistDocument,
    "\n  query SharedWatchlist($id: ID!) {\n    sharedWatchlist(id: $id) {\n      id\n      name\n    }\n    viewer {\n      id\n      watchlistLink {\n        id\n      }\n    }\n  }\n": typeof types.SharedWatchlistDocument,
    "\n  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {\n    viewer {\n      id\n      watchlist(status: $status, sort: $sort, first: 50, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            addedAt\n            watched\n            watchedAt\n            movie {\n              id\n            }\n            ...WatchlistItem_entry\n          }\n        }\n      }\n    }\n  }\n": typeof types.WatchlistDocument,
    "\n  fragment WatchlistItem_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      absence\n      viewerRating\n      viewerFeedback\n      ...AbsenceNote_movie\n      ...MovieLink_movie\n      ...MovieStars_movie\n      ...MovieSummary_movie\n    }\n  }\n": typeof types.WatchlistItem_EntryFragmentDoc,
    "\n  mutation MarkSeen($movieId: ID!) {\n    addToWatchlist(movieId: $movieId) {\n      movie {\n        id\n      }\n    }\n    setWatched(movieIds: [$movieId], watched: true) {\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n      ...EntryState_entry\n    }\n  }\n": typeof types.MarkSeenDocument,
    "\n  mutation UnmarkSeen($movieId: ID!) {\n    setWatched(movieIds: [$movieId], watched: false) {\n      ...EntryState_entry\n    }\n  }\n": typeof types.UnmarkSeenDocument,
    "\n  mutation ForgetSeen($movieId: ID!) {\n    removeFromWatchlist(movieIds: [$movieId])\n  }\n": typeof types.ForgetSeenDocument,
    "\n  mutation AddToWatchlist($movieId: ID!) {\n    addToWatchlist(movieId: $movieId) {\n      ...EntryState_entry\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n    }\n  }\n": typeof types.AddToWatchlistDocument,
    "\n  mutation PutBack($entry: RemovedEntryInput!) {\n    restoreToWatchlist(entries: [$entry]) {\n      ...EntryState_entry\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n    }\n  }\n": typeof types.PutBackDocument,
    "\n  mutation TakeOffWatchlist($movieId: ID!) {\n    removeFromWatchlist(movieIds: [$movieId])\n  }\n": typeof types.TakeOffWatchlistDocument,
    "\n  fragment EntryState_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      id\n    }\n  }\n": typeof types.EntryState_EntryFragmentDoc,
    "\n  mutation RemoveEntries($movieIds: [ID!]!) {\n    removeFromWatchlist(movieIds: $movieIds)\n  }\n": typeof types.RemoveEntriesDocument,
    "\n  mutation RestoreEntries($entries: [RemovedEntryInput!]!) {\n    restoreToWatchlist(entries: $entries) {\n      ...EntryState_entry\n    }\n  }\n": typeof types.RestoreEntriesDocument,
    "\n  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {\n    setWatched(movieIds: $movieIds, watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n": typeof types.SetWatchedDocument,
};
const documents: Documents = {
    "query SciFiAndActionOnNetflix {\n  recommendations(\n    prefs: {likedMovieIds: [\"2571\"], preferredGenres: [\"Sci-Fi\", \"Action\"], services: [\"Netflix\"]}\n    first: 20\n  ) {\n    totalCount\n    nodes {\n      movie {\n        title\n        year\n        runtime\n        genres {\n          name\n        }\n        services {\n          name\n        }\n      }\n      explanation\n      score\n      reasons {\n        label\n        contribution\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.SciFiAndActionOnNetflixDocument,
    "query Search($query: String! = \"matirx\", $filter: MovieFilterInput = {yearMin: 1990}) {\n  searchMovies(query: $query, filter: $filter, first: 10) {\n    totalCount\n    nodes {\n      id\n      title\n      year\n      directors\n      ratingAverage\n      ratingCount\n    }\n  }\n}": types.SearchDocument,
    "query MovieAndItsLikes($id: ID! = \"1214\") {\n  movie(id: $id) {\n    title\n    year\n    overview\n    directors\n    cast\n    keywords\n    originalLanguage\n    posterUrl(width: 500)\n    similar(first: 8) {\n      score\n      explanation\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n}": types.MovieAndItsLikesDocument,
    "query Catalog {\n  catalog {\n    version\n    dataset\n    movieCount\n    builtAt\n  }\n  genres {\n    id\n    name\n    movieCount\n  }\n  services {\n    id\n    name\n    movieCount\n  }\n}": types.CatalogDocument,
    "\n  query Invitation($token: String!) {\n    invitation(token: $token) {\n      email\n      expiresAt\n    }\n  }\n": types.InvitationDocument,
    "\n  query ProviderButtons {\n    signInProviders {\n      id\n      name\n    }\n  }\n": types.ProviderButtonsDocument,
    "\n  query Session {\n    viewer {\n      id\n      name\n      email\n      isGuest\n      role\n    }\n  }\n": types.SessionDocument,
    "\n  query SignInOptions {\n    signInOptions {\n      registration\n      mail\n      guests\n      passwords\n      refusal\n    }\n  }\n": types.SignInOptionsDocument,
    "\n  fragment FilterBar_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    ...FilterDialog_query\n  }\n": types.FilterBar_QueryFragmentDoc,
    "\n  fragment FilterDialog_query on Query {\n    services {\n      id\n      name\n    }\n    languages {\n      id\n    }\n  }\n": types.FilterDialog_QueryFragmentDoc,
    "\n  query Home {\n    catalog {\n      version\n    }\n    ...FilterBar_query\n  }\n": types.HomeDocument,
    "\n  query HomeRails($arrived: PreferencesInput!, $left: PreferencesInput!, $recent: PreferencesInput!, $first: Int!) {\n    arrived: recommendations(first: $first, prefs: $arrived) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    left: recommendations(first: $first, prefs: $left) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    recent: recommendations(first: $first, prefs: $recent) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    viewer {\n      id\n      likedMovies {\n        id\n        title\n      }\n      preferences {\n        services {\n          id\n        }\n      }\n    }\n  }\n": types.HomeRailsDocument,
    "\n  query RankedRail($prefs: PreferencesInput!, $mode: RecommendationMode!, $first: Int!) {\n    recommendations(first: $first, mode: $mode, prefs: $prefs) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n          ...MovieCard_recommendation\n        }\n      }\n    }\n  }\n": types.RankedRailDocument,
    "\n  fragment RecommendationList_connection on RecommendationConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        movie {\n          id\n        }\n        ...MovieCard_recommendation\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.RecommendationList_ConnectionFragmentDoc,
    "\n  query SimilarRail($id: ID!, $first: Int!) {\n    movie(id: $id) {\n      id\n      similar(first: $first) {\n        movie {\n          id\n          viewerFeedback\n          ...CardReactions_movie\n        }\n        ...MovieCard_recommendation\n        ...WhyThis_recommendation\n      }\n    }\n  }\n": types.SimilarRailDocument,
    "\n  fragment AppliedFilters_connection on RecommendationConnection {\n    appliedFilters {\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      languages\n      runtimeMin\n      runtimeMax\n      familiar\n    }\n  }\n": types.AppliedFilters_ConnectionFragmentDoc,
    "\n  query HomeList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {\n    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {\n      ...RecommendationList_connection\n      ...AppliedFilters_connection\n      edges {\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n        }\n      }\n    }\n  }\n": types.HomeListDocument,
    "\n  query ShownList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {\n    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {\n      ...RecommendationList_connection\n      ...AppliedFilters_connection\n    }\n  }\n": types.ShownListDocument,
    "\n  query Imports {\n    viewer {\n      id\n      imports(first: 10) {\n        id\n        importedAt\n        files\n        movieCount\n        changeCount\n        undoneAt\n      }\n    }\n  }\n": types.ImportsDocument,
    "\n  mutation UndoImport($id: ID!) {\n    undoImport(id: $id) {\n      id\n      changeCount\n      undoneAt\n    }\n  }\n": types.UndoImportDocument,
    "\n  query ImportProgress {\n    viewer {\n      id\n      importProgress {\n        phase\n        done\n        total\n      }\n    }\n  }\n": types.ImportProgressDocument,
    "\n  mutation ImportHistory(\n    $files: [HistoryFileInput!]!\n    $dryRun: Boolean!\n    $choices: [ImportChoice!]!\n    $likeFrom: Float!\n    $dislikeUpTo: Float!\n    $takenFrom: Int!\n    $doubtfulFrom: Int!\n    $notFoundFrom: Int!\n  ) {\n    importFiles(files: $files, dryRun: $dryRun, choices: $choices, likeFrom: $likeFrom, dislikeUpTo: $dislikeUpTo) {\n      importId\n      rowCount\n      movieCount\n      likes\n      dislikes\n      feedbackRemoved\n      ratings\n      plays\n      addedToWatch\n      files {\n        name\n        archive\n        rowsMean\n        problem\n        source\n        rowCount\n        questions\n        ratingScale\n        unreadDates\n        columns {\n          column\n          field\n          sample\n        }\n      }\n      takenCount\n      taken(first: 200, offset: $takenFrom) {\n        row\n        title\n        year\n        rating\n        signal\n        watched\n        listed\n        reason\n        movie {\n          id\n          title\n          year\n          ...Poster_movie\n        }\n      }\n      doubtfulCount\n      doubtful(first: 200, offset: $doubtfulFrom) {\n        row\n        title\n        year\n        candidates {\n          movie {\n            id\n            title\n            year\n            directors\n          }\n        }\n      }\n      notFoundCount\n      notFound(first: 200, offset: $notFoundFrom) {\n        row\n        title\n        year\n        problem\n      }\n    }\n  }\n": types.ImportHistoryDocument,
    "\n  query Landing($known: [ID!]!, $liked: [ID!]!) {\n    movies(ids: $known) {\n      id\n      ...PickableMovie_movie\n    }\n    recommendations(first: 1, prefs: { likedMovieIds: $liked, services: [], preferredGenres: [], languages: [] }) {\n      nodes {\n        explanationParts {\n          ...Explanation_part\n        }\n        movie {\n          id\n          title\n          year\n          runtime\n          services {\n            id\n            name\n          }\n          ...Poster_movie\n        }\n        ...WhyThis_recommendation\n      }\n    }\n  }\n": types.LandingDocument,
    "\n  fragment HookEvents_event on HookEvent {\n    id\n    source\n    name\n    mediaUser\n    title\n    year\n    watched\n    liked\n    stars\n    receivedAt\n    deliveries\n    outcome\n    detail\n  }\n": types.HookEvents_EventFragmentDoc,
    "\n  query HookEvents($offset: Int!) {\n    viewer {\n      id\n      hookEvents(first: 50, offset: $offset) {\n        ...HookEvents_event\n      }\n    }\n  }\n": types.HookEventsDocument,
    "\n  fragment MediaServersSection_viewer on Viewer {\n    id\n    hook {\n      start\n      mediaUser\n      createdAt\n    }\n    hookEvents(first: 10) {\n      ...HookEvents_event\n    }\n  }\n": types.MediaServersSection_ViewerFragmentDoc,
    "\n  mutation CreateHook($mediaUser: String) {\n    createHook(mediaUser: $mediaUser) {\n      token\n    }\n  }\n": types.CreateHookDocument,
    "\n  mutation SetHookUser($mediaUser: String) {\n    setHookUser(mediaUser: $mediaUser) {\n      mediaUser\n    }\n  }\n": types.SetHookUserDocument,
    "\n  mutation RevokeHook {\n    revokeHook\n  }\n": types.RevokeHookDocument,
    "\n  fragment ExternalLinks_movie on Movie {\n    id\n    imdbId\n    tmdbId\n  }\n": types.ExternalLinks_MovieFragmentDoc,
    "\n  query MoviePage($id: ID!) {\n    movie(id: $id) {\n      id\n      title\n      year\n      viewerRating\n      viewerFeedback\n      ...MovieFacts_movie\n      ...Series_movie\n      similar(first: 12) {\n        movie {\n          id\n          title\n          ...CardReactions_movie\n        }\n        ...MovieCard_recommendation\n        ...WhyThis_recommendation\n      }\n    }\n    recommendation(movieId: $id) {\n      ...PersonalScore_recommendation\n    }\n    viewer {\n      id\n      ...PersonalScore_viewer\n    }\n  }\n": types.MoviePageDocument,
    "\n  fragment MovieFacts_movie on Movie {\n    id\n    title\n    year\n    runtime\n    overview\n    keywords\n    ratingAverage\n    ratingCount\n    certification\n    trailerKey\n    viewerFeedback\n    genres {\n      id\n      name\n    }\n    ...Poster_movie\n    ...MovieActions_movie\n    ...MovieStars_movie\n    ...MovieOffers_movie\n    ...MoviePeople_movie\n    ...Production_movie\n    ...ExternalLinks_movie\n  }\n": types.MovieFacts_MovieFragmentDoc,
    "\n  fragment MovieOffers_movie on Movie {\n    id\n    services {\n      id\n      name\n    }\n    availability {\n      kind\n      providerId\n      service\n      since\n      leftAt\n      link\n      region\n    }\n  }\n": types.MovieOffers_MovieFragmentDoc,
    "\n  fragment MoviePeople_movie on Movie {\n    id\n    cast\n    directors\n    credits {\n      job\n      name\n      personId\n    }\n  }\n": types.MoviePeople_MovieFragmentDoc,
    "\n  fragment PersonalScore_recommendation on Recommendation {\n    reasons {\n      kind\n    }\n    movie {\n      id\n      viewerFeedback\n      services {\n        id\n        name\n      }\n    }\n    ...WhyThis_recommendation\n  }\n": types.PersonalScore_RecommendationFragmentDoc,
    "\n  fragment PersonalScore_viewer on Viewer {\n    preferences {\n      services {\n        id\n      }\n    }\n  }\n": types.PersonalScore_ViewerFragmentDoc,
    "\n  fragment Production_movie on Movie {\n    id\n    title\n    originalTitle\n    originalLanguage\n    spokenLanguages\n    countries\n    companies\n  }\n": types.Production_MovieFragmentDoc,
    "\n  fragment Series_movie on Movie {\n    id\n    collection\n    collectionMovies {\n      id\n      title\n      year\n      ...Poster_movie\n    }\n  }\n": types.Series_MovieFragmentDoc,
    "\n  fragment AbsenceNote_movie on Movie {\n    absence\n  }\n": types.AbsenceNote_MovieFragmentDoc,
    "\n  fragment Explanation_part on ExplanationPart {\n    kind\n    subjects {\n      id\n      name\n    }\n  }\n": types.Explanation_PartFragmentDoc,
    "\n  fragment MovieActions_movie on Movie {\n    id\n    title\n    viewerFeedback\n    watchlistEntry {\n      addedAt\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n": types.MovieActions_MovieFragmentDoc,
    "\n  fragment MovieCard_recommendation on Recommendation {\n    explanationParts {\n      ...Explanation_part\n    }\n    movie {\n      ratingAverage\n      ...MovieSummary_movie\n    }\n  }\n": types.MovieCard_RecommendationFragmentDoc,
    "\n  fragment CardReactions_movie on Movie {\n    id\n    title\n    viewerFeedback\n    viewerRating\n    ...MovieActions_movie\n    ...PosterStars_movie\n  }\n": types.CardReactions_MovieFragmentDoc,
    "\n  fragment MovieLink_movie on Movie {\n    id\n    absence\n  }\n": types.MovieLink_MovieFragmentDoc,
    "\n  fragment MovieStars_movie on Movie {\n    id\n    title\n    viewerRating\n    viewerFeedback\n  }\n": types.MovieStars_MovieFragmentDoc,
    "\n  fragment PosterStars_movie on Movie {\n    viewerRating\n    ...MovieStars_movie\n  }\n": types.PosterStars_MovieFragmentDoc,
    "\n  query WhyDialog($movieId: ID!, $prefs: PreferencesInput!, $mode: RecommendationMode!) {\n    recommendation(movieId: $movieId, prefs: $prefs, mode: $mode) {\n      explanationParts {\n        ...Explanation_part\n      }\n      movie {\n        id\n      }\n      ...WhyThis_recommendation\n    }\n  }\n": types.WhyDialogDocument,
    "\n  fragment WhyThis_recommendation on Recommendation {\n    score\n    movie {\n      id\n      genres {\n        id\n        name\n      }\n    }\n    reasons {\n      kind\n      label\n      contribution\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n": types.WhyThis_RecommendationFragmentDoc,
    "\n  mutation SetFeedback($movieId: ID!, $signal: FeedbackSignal!) {\n    setFeedback(movieId: $movieId, signal: $signal) {\n      id\n      viewerFeedback\n    }\n  }\n": types.SetFeedbackDocument,
    "\n  mutation RateMovie($movieId: ID!, $stars: Float) {\n    rateMovie(movieId: $movieId, stars: $stars) {\n      id\n      viewerRating\n      viewerFeedback\n    }\n  }\n": types.RateMovieDocument,
    "\n  query Onboarding {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    viewer {\n      id\n      likedMovies {\n        id\n      }\n      preferences {\n        preferredGenres {\n          id\n        }\n        services {\n          id\n        }\n        languages\n        runtimeMin\n        runtimeMax\n        familiar\n      }\n    }\n  }\n": types.OnboardingDocument,
    "\n  query PickMovies($liked: [ID!]!, $genres: [String!]!) {\n    recommendations(\n      first: 24\n      mode: DIVERSE\n      prefs: { likedMovieIds: $liked, preferredGenres: $genres, genreMatch: PREFER, services: [], languages: [] }\n    ) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...PickableMovie_movie\n          }\n        }\n      }\n    }\n    movies(ids: $liked) {\n      id\n      ...PickableMovie_movie\n    }\n  }\n": types.PickMoviesDocument,
    "\n  query FindMovies($query: String!) {\n    searchMovies(query: $query, first: 12) {\n      edges {\n        cursor\n        node {\n          id\n          ...PickableMovie_movie\n        }\n      }\n    }\n  }\n": types.FindMoviesDocument,
    "\n  fragment PickableMovie_movie on Movie {\n    id\n    title\n    year\n    ...Poster_movie\n  }\n": types.PickableMovie_MovieFragmentDoc,
    "\n  mutation SaveLike($movieId: ID!) {\n    setFeedback(movieId: $movieId, signal: LIKE) {\n      id\n      viewerFeedback\n    }\n  }\n": types.SaveLikeDocument,
    "\n  fragment OpinionItem_movie on Movie {\n    id\n    title\n    year\n    runtime\n    absence\n    viewerRating\n    genres {\n      id\n      name\n    }\n    ...AbsenceNote_movie\n    ...MovieLink_movie\n    ...Poster_movie\n    ...MovieActions_movie\n    ...MovieStars_movie\n  }\n": types.OpinionItem_MovieFragmentDoc,
    "\n  query Opinions($seenAfter: String, $ratedAfter: String) {\n    viewer {\n      id\n      ...Traits_viewer\n      likedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      dislikedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      notInterestedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      ...SeenMovies_viewer\n      ...RatedMovies_viewer\n    }\n  }\n": types.OpinionsDocument,
    "\n  fragment Traits_viewer on Viewer {\n    likedMovies {\n      id\n    }\n    profileTraits {\n      kind\n      value\n      name\n      likes\n      dislikes\n      movies {\n        id\n        title\n      }\n    }\n  }\n": types.Traits_ViewerFragmentDoc,
    "\n  fragment SeenMovies_viewer on Viewer {\n    watchlist(status: WATCHED, first: 100, after: $seenAfter) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            title\n            ...OpinionItem_movie\n          }\n        }\n      }\n    }\n  }\n": types.SeenMovies_ViewerFragmentDoc,
    "\n  fragment RatedMovies_viewer on Viewer {\n    ratings(first: 100, after: $ratedAfter) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            title\n            ...OpinionItem_movie\n          }\n        }\n      }\n    }\n  }\n": types.RatedMovies_ViewerFragmentDoc,
    "\n  query MoreSeen($seenAfter: String!) {\n    viewer {\n      id\n      ...SeenMovies_viewer\n    }\n  }\n": types.MoreSeenDocument,
    "\n  query MoreRated($ratedAfter: String!) {\n    viewer {\n      id\n      ...RatedMovies_viewer\n    }\n  }\n": types.MoreRatedDocument,
    "\n  mutation SetAccountRole($userId: ID!, $role: AccountRole!) {\n    setAccountRole(userId: $userId, role: $role) {\n      id\n      role\n    }\n  }\n": types.SetAccountRoleDocument,
    "\n  mutation SignOutAccount($userId: ID!) {\n    signOutAccount(userId: $userId) {\n      id\n      sessionCount\n    }\n  }\n": types.SignOutAccountDocument,
    "\n  mutation DisableAccount($userId: ID!) {\n    disableAccount(userId: $userId) {\n      id\n      disabled\n      sessionCount\n    }\n  }\n": types.DisableAccountDocument,
    "\n  mutation EnableAccount($userId: ID!) {\n    enableAccount(userId: $userId) {\n      id\n      disabled\n    }\n  }\n": types.EnableAccountDocument,
    "\n  mutation DeleteAccount($userId: ID!) {\n    deleteAccount(userId: $userId)\n  }\n": types.DeleteAccountDocument,
    "\n  mutation CreatePasswordResetLink($userId: ID!) {\n    createPasswordResetLink(userId: $userId) {\n      url\n      expiresAt\n      mailedTo\n    }\n  }\n": types.CreatePasswordResetLinkDocument,
    "\n  query OwnerAccounts($first: Int!, $after: String, $search: String) {\n    admin {\n      accounts(first: $first, after: $after, search: $search) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          name\n          email\n          role\n          disabled\n          lastSeenAt\n          sessionCount\n          apiKeyCount\n        }\n      }\n      guestCount\n    }\n  }\n": types.OwnerAccountsDocument,
    "\n  query OwnerAudit($after: String) {\n    admin {\n      auditLog(first: 20, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          at\n          actor\n          action\n          subject\n          detail\n          address\n        }\n      }\n    }\n  }\n": types.OwnerAuditDocument,
    "\n  query OwnerCatalog {\n    catalog {\n      version\n      dataAt\n      dataAge\n    }\n    admin {\n      catalog {\n        previous\n        versions {\n          version\n          dataset\n          builtAt\n          dataAt\n          movieCount\n          model\n          megabytes\n          protocol\n          isPublished\n          isServed\n          quality {\n            likes\n            ndcg\n          }\n        }\n        refresh {\n          ...RefreshSection_refresh\n        }\n      }\n    }\n  }\n": types.OwnerCatalogDocument,
    "\n  mutation PublishVersion($version: ID!) {\n    publishVersion(version: $version) {\n      publishedAt\n    }\n  }\n": types.PublishVersionDocument,
    "\n  mutation RollBackCatalog {\n    rollBackCatalog {\n      publishedAt\n    }\n  }\n": types.RollBackCatalogDocument,
    "\n  query OwnerHook {\n    admin {\n      hook {\n        start\n        createdAt\n      }\n      hookUsers {\n        source\n        name\n        userId\n        email\n        seenAt\n        waiting\n      }\n      hookEvents(first: 100) {\n        ...ServerHookEvents_event\n      }\n      accounts(first: 100) {\n        nodes {\n          id\n          name\n          email\n        }\n      }\n    }\n  }\n": types.OwnerHookDocument,
    "\n  mutation CreateServerHook {\n    createServerHook {\n      token\n    }\n  }\n": types.CreateServerHookDocument,
    "\n  mutation RevokeServerHook {\n    revokeServerHook\n  }\n": types.RevokeServerHookDocument,
    "\n  mutation MapHookUser($source: MediaSource!, $name: String!, $userId: ID) {\n    mapHookUser(source: $source, name: $name, userId: $userId) {\n      userId\n    }\n  }\n": types.MapHookUserDocument,
    "\n  fragment RefreshSection_refresh on RefreshReport {\n    startedAt\n    finishedAt\n    seconds\n    result\n    failedStep\n    error\n    succeededAt\n    nextAt\n    newMovies\n    changedMovies\n    removedMovies\n    offersBegun\n    offersEnded\n    skipped\n    log\n  }\n": types.RefreshSection_RefreshFragmentDoc,
    "\n  query OwnerRegistration {\n    admin {\n      registration {\n        mode\n        isFixed\n      }\n      invitations {\n        id\n        email\n        role\n        expiresAt\n      }\n    }\n  }\n": types.OwnerRegistrationDocument,
    "\n  mutation SetRegistration($mode: RegistrationMode!) {\n    setRegistration(mode: $mode) {\n      mode\n    }\n  }\n": types.SetRegistrationDocument,
    "\n  mutation CreateInvitation($email: String, $role: AccountRole!) {\n    createInvitation(email: $email, role: $role) {\n      url\n      expiresAt\n      mailedTo\n    }\n  }\n": types.CreateInvitationDocument,
    "\n  mutation RevokeInvitation($id: ID!) {\n    revokeInvitation(id: $id)\n  }\n": types.RevokeInvitationDocument,
    "\n  query RulePreview($rule: OperatorRuleInput!) {\n    admin {\n      rulePreview(rule: $rule) {\n        before {\n          movieId\n          ...RulePreview_movie\n        }\n        after {\n          movieId\n          ...RulePreview_movie\n        }\n      }\n    }\n  }\n": types.RulePreviewDocument,
    "\n  mutation AddOperatorRule($rule: OperatorRuleInput!) {\n    addOperatorRule(rule: $rule) {\n      id\n    }\n  }\n": types.AddOperatorRuleDocument,
    "\n  fragment RulePreview_movie on PreviewedMovie {\n    title\n    year\n    place\n    otherPlace\n    pinned\n  }\n": types.RulePreview_MovieFragmentDoc,
    "\n  query OwnerRules {\n    admin {\n      operatorRules {\n        id\n        effect\n        movieId\n        genre\n        service\n        strength\n        subject\n        reason\n        createdBy\n        createdAt\n      }\n    }\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n  }\n": types.OwnerRulesDocument,
    "\n  mutation DeleteOperatorRule($id: ID!) {\n    deleteOperatorRule(id: $id)\n  }\n": types.DeleteOperatorRuleDocument,
    "\n  fragment ServerHookEvents_event on ServerHookEvent {\n    id\n    source\n    name\n    mediaUser\n    receivedAt\n    deliveries\n    outcome\n    detail\n  }\n": types.ServerHookEvents_EventFragmentDoc,
    "\n  query OwnerStorage {\n    admin {\n      server {\n        version\n        changes\n        database\n        databaseMegabytes\n        freeMegabytes\n        backupVerifiedAt\n        mail {\n          waiting\n          sentAt\n          failedAt\n          failure\n        }\n        backups {\n          count\n          latestAt\n          latestMegabytes\n        }\n      }\n    }\n  }\n": types.OwnerStorageDocument,
    "\n  fragment Workload_span on WorkloadSpan {\n    requests\n    p50Ms\n    p99Ms\n    refused\n    eventLoopDelayMs\n    errors {\n      name\n      count\n    }\n    cacheLayers {\n      name\n      count\n    }\n    slots {\n      at\n      requests\n      p99Ms\n      eventLoopDelayMs\n    }\n  }\n": types.Workload_SpanFragmentDoc,
    "\n  query OwnerWorkload {\n    admin {\n      workload {\n        servers\n        hour {\n          ...Workload_span\n        }\n        day {\n          ...Workload_span\n        }\n      }\n    }\n  }\n": types.OwnerWorkloadDocument,
    "\n  fragment Poster_movie on Movie {\n    id\n    title\n    year\n    posterUrl(width: 342)\n    genres {\n      id\n      name\n    }\n  }\n": types.Poster_MovieFragmentDoc,
    "\n  fragment MovieSummary_movie on Movie {\n    id\n    title\n    year\n    runtime\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    ...Poster_movie\n  }\n": types.MovieSummary_MovieFragmentDoc,
    "\n  fragment AccountSection_viewer on Viewer {\n    id\n    name\n    email\n    isGuest\n  }\n": types.AccountSection_ViewerFragmentDoc,
    "\n  fragment AccountSection_query on Query {\n    ...SignInMethods_query\n  }\n": types.AccountSection_QueryFragmentDoc,
    "\n  fragment PreferencesSection_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    languages {\n      id\n    }\n    regions\n    learnsFromViewers\n    catalog {\n      dataAt\n    }\n  }\n": types.PreferencesSection_QueryFragmentDoc,
    "\n  query Profile {\n    viewer {\n      id\n      isGuest\n      role\n      ...AccountSection_viewer\n      ...SavedPreferences_viewer\n      ...MediaServersSection_viewer\n      webPush {\n        publicKey\n      }\n    }\n    regions\n    ...AccountSection_query\n    ...PreferencesSection_query\n  }\n": types.ProfileDocument,
    "\n  fragment Recovery_query on Query {\n    signInOptions {\n      mail\n      passwords\n    }\n    viewer {\n      id\n      emailVerified\n    }\n  }\n": types.Recovery_QueryFragmentDoc,
    "\n  fragment SignInMethods_query on Query {\n    signInProviders {\n      id\n      name\n    }\n    ...Recovery_query\n  }\n": types.SignInMethods_QueryFragmentDoc,
    "\n  fragment SavedPreferences_viewer on Viewer {\n    id\n    preferences {\n      preferredGenres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      languages\n      runtimeMin\n      runtimeMax\n      familiar\n      region\n      learnFromMe\n    }\n  }\n": types.SavedPreferences_ViewerFragmentDoc,
    "\n  mutation ClearFeedback {\n    clearFeedback {\n      id\n    }\n  }\n": types.ClearFeedbackDocument,
    "\n  mutation SavePreferences($preferences: StoredPreferencesInput!) {\n    updatePreferences(preferences: $preferences) {\n      ...SavedPreferences_viewer\n    }\n  }\n": types.SavePreferencesDocument,
    "\n  query NewsSubscription($endpoint: String!) {\n    viewer {\n      id\n      webPush(endpoint: $endpoint) {\n        isSubscribed\n        language\n      }\n    }\n  }\n": types.NewsSubscriptionDocument,
    "\n  mutation SubscribeToNews($subscription: PushSubscriptionInput!) {\n    subscribeToPush(subscription: $subscription) {\n      isSubscribed\n    }\n  }\n": types.SubscribeToNewsDocument,
    "\n  mutation UnsubscribeFromNews($endpoint: String!) {\n    unsubscribeFromPush(endpoint: $endpoint)\n  }\n": types.UnsubscribeFromNewsDocument,
    "\n  fragment FoundMovie_movie on Movie {\n    directors\n    viewerFeedback\n    viewerRating\n    ...MovieSummary_movie\n    ...MovieActions_movie\n    ...PosterStars_movie\n  }\n": types.FoundMovie_MovieFragmentDoc,
    "\n  fragment FoundMovies_connection on MovieConnection {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        ...FoundMovie_movie\n      }\n    }\n  }\n": types.FoundMovies_ConnectionFragmentDoc,
    "\n  fragment ResultFilters_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n  }\n": types.ResultFilters_QueryFragmentDoc,
    "\n  query SearchBox($query: String!) {\n    searchMovies(query: $query, first: 8) {\n      edges {\n        cursor\n        node {\n          id\n          title\n          year\n          directors\n          ...Poster_movie\n        }\n      }\n    }\n  }\n": types.SearchBoxDocument,
    "\n  query Results($query: String!, $filter: MovieFilterInput, $after: String) {\n    searchMovies(query: $query, filter: $filter, first: 48, after: $after) {\n      ...FoundMovies_connection\n    }\n    ...ResultFilters_query\n  }\n": types.ResultsDocument,
    "\n  query TaggedMovies($tag: MovieFilterInput!, $filter: MovieFilterInput!, $sort: MovieSort!, $isPerson: Boolean!, $after: String) {\n    catalogMovies(filter: $filter, sort: $sort, first: 48, after: $after) {\n      ...FoundMovies_connection\n    }\n    named: catalogMovies(filter: $tag, first: 1) @include(if: $isPerson) {\n      edges {\n        cursor\n        node {\n          id\n          credits {\n            personId\n            name\n          }\n        }\n      }\n    }\n    ...ResultFilters_query\n  }\n": types.TaggedMoviesDocument,
    "\n  query MoviePicker($query: String!) {\n    searchMovies(query: $query, first: 6) {\n      edges {\n        cursor\n        node {\n          id\n          title\n          year\n        }\n      }\n    }\n  }\n": types.MoviePickerDocument,
    "\n  query GroupList($members: [PreferencesInput!]!, $strategy: GroupStrategy!, $after: String) {\n    groupRecommendations(members: $members, strategy: $strategy, first: 12, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          members {\n            score\n          }\n          movie {\n            id\n          }\n          ...GroupMovie_recommendation\n        }\n      }\n    }\n  }\n": types.GroupListDocument,
    "\n  fragment GroupMovie_recommendation on GroupRecommendation {\n    score\n    members {\n      member\n      score\n      explanationParts {\n        kind\n        ...Explanation_part\n      }\n    }\n    movie {\n      ...MovieSummary_movie\n    }\n  }\n": types.GroupMovie_RecommendationFragmentDoc,
    "\n  query Together($ids: [ID!]!) {\n    movies(ids: $ids) {\n      id\n      title\n    }\n    services {\n      id\n      name\n    }\n    viewer {\n      id\n      name\n      isGuest\n      likedMovies {\n        id\n        title\n      }\n    }\n  }\n": types.TogetherDocument,
    "\n  fragment SharedGroup_group on SharedGroup {\n    id\n    version\n    members {\n      name\n      movieIds\n    }\n    strategy\n    services\n    runtimeMax\n    votes {\n      movieId\n      count\n      mine\n    }\n  }\n": types.SharedGroup_GroupFragmentDoc,
    "\n  query SharedGroup($id: ID!) {\n    sharedGroup(id: $id) {\n      ...SharedGroup_group\n    }\n  }\n": types.SharedGroupDocument,
    "\n  query SharedGroupVersion($id: ID!) {\n    sharedGroup(id: $id) {\n      version\n    }\n  }\n": types.SharedGroupVersionDocument,
    "\n  mutation CreateSharedGroup($group: SharedGroupInput!) {\n    createSharedGroup(group: $group) {\n      ...SharedGroup_group\n    }\n  }\n": types.CreateSharedGroupDocument,
    "\n  mutation ChangeSharedGroup($id: ID!, $version: Int!, $group: SharedGroupInput!) {\n    changeSharedGroup(id: $id, version: $version, group: $group) {\n      saved\n      group {\n        ...SharedGroup_group\n      }\n    }\n  }\n": types.ChangeSharedGroupDocument,
    "\n  mutation VoteInSharedGroup($id: ID!, $movieId: ID!, $vote: Boolean!) {\n    voteInSharedGroup(id: $id, movieId: $movieId, vote: $vote) {\n      ...SharedGroup_group\n    }\n  }\n": types.VoteInSharedGroupDocument,
    "\n  fragment Questions_query on Query {\n    genres {\n      id\n      name\n      movieCount\n    }\n  }\n": types.Questions_QueryFragmentDoc,
    "\n  query Tonight($prefs: PreferencesInput!) {\n    recommendations(first: 40, prefs: $prefs) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            viewerRating\n          }\n          ...TonightMovie_recommendation\n        }\n      }\n    }\n    ...Questions_query\n    viewer {\n      id\n      preferences {\n        services {\n          id\n        }\n      }\n    }\n  }\n": types.TonightDocument,
    "\n  fragment TonightMovie_recommendation on Recommendation {\n    explanationParts {\n      ...Explanation_part\n    }\n    movie {\n      id\n      title\n      year\n      runtime\n      overview\n      ratingAverage\n      viewerRating\n      viewerFeedback\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      watchlistEntry {\n        addedAt\n        watched\n        watchedAt\n        movie {\n          id\n        }\n      }\n      ...Poster_movie\n      ...MovieStars_movie\n    }\n  }\n": types.TonightMovie_RecommendationFragmentDoc,
    "\n  query RandomPick {\n    viewer {\n      id\n      watchlist(status: TO_WATCH, first: 100) {\n        edges {\n          cursor\n          node {\n            movie {\n              id\n              absence\n              title\n              year\n              runtime\n              overview\n              ...Poster_movie\n            }\n          }\n        }\n      }\n    }\n  }\n": types.RandomPickDocument,
    "\n  query RankedWatchlist($prefs: PreferencesInput!, $sort: MovieSort, $after: String, $own: Boolean!, $sharedId: ID) {\n    recommendations(prefs: $prefs, sort: $sort, onWatchlist: $own, sharedWatchlistId: $sharedId, first: 48, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n          ...MovieCard_recommendation\n        }\n      }\n    }\n    services {\n      id\n      name\n    }\n  }\n": types.RankedWatchlistDocument,
    "\n  query WatchlistLink {\n    viewer {\n      id\n      watchlistLink {\n        id\n        name\n      }\n    }\n  }\n": types.WatchlistLinkDocument,
    "\n  mutation ShareWatchlist($name: String!) {\n    shareWatchlist(name: $name) {\n      id\n      name\n    }\n  }\n": types.ShareWatchlistDocument,
    "\n  mutation StopSharingWatchlist {\n    stopSharingWatchlist\n  }\n": types.StopSharingWatchlistDocument,
    "\n  query SharedWatchlist($id: ID!) {\n    sharedWatchlist(id: $id) {\n      id\n      name\n    }\n    viewer {\n      id\n      watchlistLink {\n        id\n      }\n    }\n  }\n": types.SharedWatchlistDocument,
    "\n  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {\n    viewer {\n      id\n      watchlist(status: $status, sort: $sort, first: 50, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            addedAt\n            watched\n            watchedAt\n            movie {\n              id\n            }\n            ...WatchlistItem_entry\n          }\n        }\n      }\n    }\n  }\n": types.WatchlistDocument,
    "\n  fragment WatchlistItem_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      absence\n      viewerRating\n      viewerFeedback\n      ...AbsenceNote_movie\n      ...MovieLink_movie\n      ...MovieStars_movie\n      ...MovieSummary_movie\n    }\n  }\n": types.WatchlistItem_EntryFragmentDoc,
    "\n  mutation MarkSeen($movieId: ID!) {\n    addToWatchlist(movieId: $movieId) {\n      movie {\n        id\n      }\n    }\n    setWatched(movieIds: [$movieId], watched: true) {\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n      ...EntryState_entry\n    }\n  }\n": types.MarkSeenDocument,
    "\n  mutation UnmarkSeen($movieId: ID!) {\n    setWatched(movieIds: [$movieId], watched: false) {\n      ...EntryState_entry\n    }\n  }\n": types.UnmarkSeenDocument,
    "\n  mutation ForgetSeen($movieId: ID!) {\n    removeFromWatchlist(movieIds: [$movieId])\n  }\n": types.ForgetSeenDocument,
    "\n  mutation AddToWatchlist($movieId: ID!) {\n    addToWatchlist(movieId: $movieId) {\n      ...EntryState_entry\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n    }\n  }\n": types.AddToWatchlistDocument,
    "\n  mutation PutBack($entry: RemovedEntryInput!) {\n    restoreToWatchlist(entries: [$entry]) {\n      ...EntryState_entry\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n    }\n  }\n": types.PutBackDocument,
    "\n  mutation TakeOffWatchlist($movieId: ID!) {\n    removeFromWatchlist(movieIds: [$movieId])\n  }\n": types.TakeOffWatchlistDocument,
    "\n  fragment EntryState_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      id\n    }\n  }\n": types.EntryState_EntryFragmentDoc,
    "\n  mutation RemoveEntries($movieIds: [ID!]!) {\n    removeFromWatchlist(movieIds: $movieIds)\n  }\n": types.RemoveEntriesDocument,
    "\n  mutation RestoreEntries($entries: [RemovedEntryInput!]!) {\n    restoreToWatchlist(entries: $entries) {\n      ...EntryState_entry\n    }\n  }\n": types.RestoreEntriesDocument,
    "\n  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {\n    setWatched(movieIds: $movieIds, watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n": types.SetWatchedDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SciFiAndActionOnNetflix {\n  recommendations(\n    prefs: {likedMovieIds: [\"2571\"], preferredGenres: [\"Sci-Fi\", \"Action\"], services: [\"Netflix\"]}\n    first: 20\n  ) {\n    totalCount\n    nodes {\n      movie {\n        title\n        year\n        runtime\n        genres {\n          name\n        }\n        services {\n          name\n        }\n      }\n      explanation\n      score\n      reasons {\n        label\n        contribution\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query SciFiAndActionOnNetflix {\n  recommendations(\n    prefs: {likedMovieIds: [\"2571\"], preferredGenres: [\"Sci-Fi\", \"Action\"], services: [\"Netflix\"]}\n    first: 20\n  ) {\n    totalCount\n    nodes {\n      movie {\n        title\n        year\n        runtime\n        genres {\n          name\n        }\n        services {\n          name\n        }\n      }\n      explanation\n      score\n      reasons {\n        label\n        contribution\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Search($query: String! = \"matirx\", $filter: MovieFilterInput = {yearMin: 1990}) {\n  searchMovies(query: $query, filter: $filter, first: 10) {\n    totalCount\n    nodes {\n      id\n      title\n      year\n      directors\n      ratingAverage\n      ratingCount\n    }\n  }\n}"): (typeof documents)["query Search($query: String! = \"matirx\", $filter: MovieFilterInput = {yearMin: 1990}) {\n  searchMovies(query: $query, filter: $filter, first: 10) {\n    totalCount\n    nodes {\n      id\n      title\n      year\n      directors\n      ratingAverage\n      ratingCount\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MovieAndItsLikes($id: ID! = \"1214\") {\n  movie(id: $id) {\n    title\n    year\n    overview\n    directors\n    cast\n    keywords\n    originalLanguage\n    posterUrl(width: 500)\n    similar(first: 8) {\n      score\n      explanation\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n}"): (typeof documents)["query MovieAndItsLikes($id: ID! = \"1214\") {\n  movie(id: $id) {\n    title\n    year\n    overview\n    directors\n    cast\n    keywords\n    originalLanguage\n    posterUrl(width: 500)\n    similar(first: 8) {\n      score\n      explanation\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Catalog {\n  catalog {\n    version\n    dataset\n    movieCount\n    builtAt\n  }\n  genres {\n    id\n    name\n    movieCount\n  }\n  services {\n    id\n    name\n    movieCount\n  }\n}"): (typeof documents)["query Catalog {\n  catalog {\n    version\n    dataset\n    movieCount\n    builtAt\n  }\n  genres {\n    id\n    name\n    movieCount\n  }\n  services {\n    id\n    name\n    movieCount\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Invitation($token: String!) {\n    invitation(token: $token) {\n      email\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  query Invitation($token: String!) {\n    invitation(token: $token) {\n      email\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProviderButtons {\n    signInProviders {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  query ProviderButtons {\n    signInProviders {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Session {\n    viewer {\n      id\n      name\n      email\n      isGuest\n      role\n    }\n  }\n"): (typeof documents)["\n  query Session {\n    viewer {\n      id\n      name\n      email\n      isGuest\n      role\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SignInOptions {\n    signInOptions {\n      registration\n      mail\n      guests\n      passwords\n      refusal\n    }\n  }\n"): (typeof documents)["\n  query SignInOptions {\n    signInOptions {\n      registration\n      mail\n      guests\n      passwords\n      refusal\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FilterBar_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    ...FilterDialog_query\n  }\n"): (typeof documents)["\n  fragment FilterBar_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    ...FilterDialog_query\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FilterDialog_query on Query {\n    services {\n      id\n      name\n    }\n    languages {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment FilterDialog_query on Query {\n    services {\n      id\n      name\n    }\n    languages {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Home {\n    catalog {\n      version\n    }\n    ...FilterBar_query\n  }\n"): (typeof documents)["\n  query Home {\n    catalog {\n      version\n    }\n    ...FilterBar_query\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeRails($arrived: PreferencesInput!, $left: PreferencesInput!, $recent: PreferencesInput!, $first: Int!) {\n    arrived: recommendations(first: $first, prefs: $arrived) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    left: recommendations(first: $first, prefs: $left) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    recent: recommendations(first: $first, prefs: $recent) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    viewer {\n      id\n      likedMovies {\n        id\n        title\n      }\n      preferences {\n        services {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomeRails($arrived: PreferencesInput!, $left: PreferencesInput!, $recent: PreferencesInput!, $first: Int!) {\n    arrived: recommendations(first: $first, prefs: $arrived) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    left: recommendations(first: $first, prefs: $left) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    recent: recommendations(first: $first, prefs: $recent) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n          }\n        }\n      }\n    }\n    viewer {\n      id\n      likedMovies {\n        id\n        title\n      }\n      preferences {\n        services {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RankedRail($prefs: PreferencesInput!, $mode: RecommendationMode!, $first: Int!) {\n    recommendations(first: $first, mode: $mode, prefs: $prefs) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n          ...MovieCard_recommendation\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RankedRail($prefs: PreferencesInput!, $mode: RecommendationMode!, $first: Int!) {\n    recommendations(first: $first, mode: $mode, prefs: $prefs) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n          ...MovieCard_recommendation\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RecommendationList_connection on RecommendationConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        movie {\n          id\n        }\n        ...MovieCard_recommendation\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  fragment RecommendationList_connection on RecommendationConnection {\n    totalCount\n    edges {\n      cursor\n      node {\n        movie {\n          id\n        }\n        ...MovieCard_recommendation\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SimilarRail($id: ID!, $first: Int!) {\n    movie(id: $id) {\n      id\n      similar(first: $first) {\n        movie {\n          id\n          viewerFeedback\n          ...CardReactions_movie\n        }\n        ...MovieCard_recommendation\n        ...WhyThis_recommendation\n      }\n    }\n  }\n"): (typeof documents)["\n  query SimilarRail($id: ID!, $first: Int!) {\n    movie(id: $id) {\n      id\n      similar(first: $first) {\n        movie {\n          id\n          viewerFeedback\n          ...CardReactions_movie\n        }\n        ...MovieCard_recommendation\n        ...WhyThis_recommendation\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AppliedFilters_connection on RecommendationConnection {\n    appliedFilters {\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      languages\n      runtimeMin\n      runtimeMax\n      familiar\n    }\n  }\n"): (typeof documents)["\n  fragment AppliedFilters_connection on RecommendationConnection {\n    appliedFilters {\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      languages\n      runtimeMin\n      runtimeMax\n      familiar\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomeList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {\n    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {\n      ...RecommendationList_connection\n      ...AppliedFilters_connection\n      edges {\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomeList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {\n    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {\n      ...RecommendationList_connection\n      ...AppliedFilters_connection\n      edges {\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShownList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {\n    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {\n      ...RecommendationList_connection\n      ...AppliedFilters_connection\n    }\n  }\n"): (typeof documents)["\n  query ShownList($prefs: PreferencesInput!, $mode: RecommendationMode!, $sort: MovieSort, $first: Int!, $after: String) {\n    recommendations(prefs: $prefs, mode: $mode, sort: $sort, first: $first, after: $after) {\n      ...RecommendationList_connection\n      ...AppliedFilters_connection\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Imports {\n    viewer {\n      id\n      imports(first: 10) {\n        id\n        importedAt\n        files\n        movieCount\n        changeCount\n        undoneAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query Imports {\n    viewer {\n      id\n      imports(first: 10) {\n        id\n        importedAt\n        files\n        movieCount\n        changeCount\n        undoneAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoImport($id: ID!) {\n    undoImport(id: $id) {\n      id\n      changeCount\n      undoneAt\n    }\n  }\n"): (typeof documents)["\n  mutation UndoImport($id: ID!) {\n    undoImport(id: $id) {\n      id\n      changeCount\n      undoneAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportProgress {\n    viewer {\n      id\n      importProgress {\n        phase\n        done\n        total\n      }\n    }\n  }\n"): (typeof documents)["\n  query ImportProgress {\n    viewer {\n      id\n      importProgress {\n        phase\n        done\n        total\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportHistory(\n    $files: [HistoryFileInput!]!\n    $dryRun: Boolean!\n    $choices: [ImportChoice!]!\n    $likeFrom: Float!\n    $dislikeUpTo: Float!\n    $takenFrom: Int!\n    $doubtfulFrom: Int!\n    $notFoundFrom: Int!\n  ) {\n    importFiles(files: $files, dryRun: $dryRun, choices: $choices, likeFrom: $likeFrom, dislikeUpTo: $dislikeUpTo) {\n      importId\n      rowCount\n      movieCount\n      likes\n      dislikes\n      feedbackRemoved\n      ratings\n      plays\n      addedToWatch\n      files {\n        name\n        archive\n        rowsMean\n        problem\n        source\n        rowCount\n        questions\n        ratingScale\n        unreadDates\n        columns {\n          column\n          field\n          sample\n        }\n      }\n      takenCount\n      taken(first: 200, offset: $takenFrom) {\n        row\n        title\n        year\n        rating\n        signal\n        watched\n        listed\n        reason\n        movie {\n          id\n          title\n          year\n          ...Poster_movie\n        }\n      }\n      doubtfulCount\n      doubtful(first: 200, offset: $doubtfulFrom) {\n        row\n        title\n        year\n        candidates {\n          movie {\n            id\n            title\n            year\n            directors\n          }\n        }\n      }\n      notFoundCount\n      notFound(first: 200, offset: $notFoundFrom) {\n        row\n        title\n        year\n        problem\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ImportHistory(\n    $files: [HistoryFileInput!]!\n    $dryRun: Boolean!\n    $choices: [ImportChoice!]!\n    $likeFrom: Float!\n    $dislikeUpTo: Float!\n    $takenFrom: Int!\n    $doubtfulFrom: Int!\n    $notFoundFrom: Int!\n  ) {\n    importFiles(files: $files, dryRun: $dryRun, choices: $choices, likeFrom: $likeFrom, dislikeUpTo: $dislikeUpTo) {\n      importId\n      rowCount\n      movieCount\n      likes\n      dislikes\n      feedbackRemoved\n      ratings\n      plays\n      addedToWatch\n      files {\n        name\n        archive\n        rowsMean\n        problem\n        source\n        rowCount\n        questions\n        ratingScale\n        unreadDates\n        columns {\n          column\n          field\n          sample\n        }\n      }\n      takenCount\n      taken(first: 200, offset: $takenFrom) {\n        row\n        title\n        year\n        rating\n        signal\n        watched\n        listed\n        reason\n        movie {\n          id\n          title\n          year\n          ...Poster_movie\n        }\n      }\n      doubtfulCount\n      doubtful(first: 200, offset: $doubtfulFrom) {\n        row\n        title\n        year\n        candidates {\n          movie {\n            id\n            title\n            year\n            directors\n          }\n        }\n      }\n      notFoundCount\n      notFound(first: 200, offset: $notFoundFrom) {\n        row\n        title\n        year\n        problem\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Landing($known: [ID!]!, $liked: [ID!]!) {\n    movies(ids: $known) {\n      id\n      ...PickableMovie_movie\n    }\n    recommendations(first: 1, prefs: { likedMovieIds: $liked, services: [], preferredGenres: [], languages: [] }) {\n      nodes {\n        explanationParts {\n          ...Explanation_part\n        }\n        movie {\n          id\n          title\n          year\n          runtime\n          services {\n            id\n            name\n          }\n          ...Poster_movie\n        }\n        ...WhyThis_recommendation\n      }\n    }\n  }\n"): (typeof documents)["\n  query Landing($known: [ID!]!, $liked: [ID!]!) {\n    movies(ids: $known) {\n      id\n      ...PickableMovie_movie\n    }\n    recommendations(first: 1, prefs: { likedMovieIds: $liked, services: [], preferredGenres: [], languages: [] }) {\n      nodes {\n        explanationParts {\n          ...Explanation_part\n        }\n        movie {\n          id\n          title\n          year\n          runtime\n          services {\n            id\n            name\n          }\n          ...Poster_movie\n        }\n        ...WhyThis_recommendation\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HookEvents_event on HookEvent {\n    id\n    source\n    name\n    mediaUser\n    title\n    year\n    watched\n    liked\n    stars\n    receivedAt\n    deliveries\n    outcome\n    detail\n  }\n"): (typeof documents)["\n  fragment HookEvents_event on HookEvent {\n    id\n    source\n    name\n    mediaUser\n    title\n    year\n    watched\n    liked\n    stars\n    receivedAt\n    deliveries\n    outcome\n    detail\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HookEvents($offset: Int!) {\n    viewer {\n      id\n      hookEvents(first: 50, offset: $offset) {\n        ...HookEvents_event\n      }\n    }\n  }\n"): (typeof documents)["\n  query HookEvents($offset: Int!) {\n    viewer {\n      id\n      hookEvents(first: 50, offset: $offset) {\n        ...HookEvents_event\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MediaServersSection_viewer on Viewer {\n    id\n    hook {\n      start\n      mediaUser\n      createdAt\n    }\n    hookEvents(first: 10) {\n      ...HookEvents_event\n    }\n  }\n"): (typeof documents)["\n  fragment MediaServersSection_viewer on Viewer {\n    id\n    hook {\n      start\n      mediaUser\n      createdAt\n    }\n    hookEvents(first: 10) {\n      ...HookEvents_event\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateHook($mediaUser: String) {\n    createHook(mediaUser: $mediaUser) {\n      token\n    }\n  }\n"): (typeof documents)["\n  mutation CreateHook($mediaUser: String) {\n    createHook(mediaUser: $mediaUser) {\n      token\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetHookUser($mediaUser: String) {\n    setHookUser(mediaUser: $mediaUser) {\n      mediaUser\n    }\n  }\n"): (typeof documents)["\n  mutation SetHookUser($mediaUser: String) {\n    setHookUser(mediaUser: $mediaUser) {\n      mediaUser\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeHook {\n    revokeHook\n  }\n"): (typeof documents)["\n  mutation RevokeHook {\n    revokeHook\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ExternalLinks_movie on Movie {\n    id\n    imdbId\n    tmdbId\n  }\n"): (typeof documents)["\n  fragment ExternalLinks_movie on Movie {\n    id\n    imdbId\n    tmdbId\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoviePage($id: ID!) {\n    movie(id: $id) {\n      id\n      title\n      year\n      viewerRating\n      viewerFeedback\n      ...MovieFacts_movie\n      ...Series_movie\n      similar(first: 12) {\n        movie {\n          id\n          title\n          ...CardReactions_movie\n        }\n        ...MovieCard_recommendation\n        ...WhyThis_recommendation\n      }\n    }\n    recommendation(movieId: $id) {\n      ...PersonalScore_recommendation\n    }\n    viewer {\n      id\n      ...PersonalScore_viewer\n    }\n  }\n"): (typeof documents)["\n  query MoviePage($id: ID!) {\n    movie(id: $id) {\n      id\n      title\n      year\n      viewerRating\n      viewerFeedback\n      ...MovieFacts_movie\n      ...Series_movie\n      similar(first: 12) {\n        movie {\n          id\n          title\n          ...CardReactions_movie\n        }\n        ...MovieCard_recommendation\n        ...WhyThis_recommendation\n      }\n    }\n    recommendation(movieId: $id) {\n      ...PersonalScore_recommendation\n    }\n    viewer {\n      id\n      ...PersonalScore_viewer\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieFacts_movie on Movie {\n    id\n    title\n    year\n    runtime\n    overview\n    keywords\n    ratingAverage\n    ratingCount\n    certification\n    trailerKey\n    viewerFeedback\n    genres {\n      id\n      name\n    }\n    ...Poster_movie\n    ...MovieActions_movie\n    ...MovieStars_movie\n    ...MovieOffers_movie\n    ...MoviePeople_movie\n    ...Production_movie\n    ...ExternalLinks_movie\n  }\n"): (typeof documents)["\n  fragment MovieFacts_movie on Movie {\n    id\n    title\n    year\n    runtime\n    overview\n    keywords\n    ratingAverage\n    ratingCount\n    certification\n    trailerKey\n    viewerFeedback\n    genres {\n      id\n      name\n    }\n    ...Poster_movie\n    ...MovieActions_movie\n    ...MovieStars_movie\n    ...MovieOffers_movie\n    ...MoviePeople_movie\n    ...Production_movie\n    ...ExternalLinks_movie\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieOffers_movie on Movie {\n    id\n    services {\n      id\n      name\n    }\n    availability {\n      kind\n      providerId\n      service\n      since\n      leftAt\n      link\n      region\n    }\n  }\n"): (typeof documents)["\n  fragment MovieOffers_movie on Movie {\n    id\n    services {\n      id\n      name\n    }\n    availability {\n      kind\n      providerId\n      service\n      since\n      leftAt\n      link\n      region\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MoviePeople_movie on Movie {\n    id\n    cast\n    directors\n    credits {\n      job\n      name\n      personId\n    }\n  }\n"): (typeof documents)["\n  fragment MoviePeople_movie on Movie {\n    id\n    cast\n    directors\n    credits {\n      job\n      name\n      personId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonalScore_recommendation on Recommendation {\n    reasons {\n      kind\n    }\n    movie {\n      id\n      viewerFeedback\n      services {\n        id\n        name\n      }\n    }\n    ...WhyThis_recommendation\n  }\n"): (typeof documents)["\n  fragment PersonalScore_recommendation on Recommendation {\n    reasons {\n      kind\n    }\n    movie {\n      id\n      viewerFeedback\n      services {\n        id\n        name\n      }\n    }\n    ...WhyThis_recommendation\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonalScore_viewer on Viewer {\n    preferences {\n      services {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment PersonalScore_viewer on Viewer {\n    preferences {\n      services {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Production_movie on Movie {\n    id\n    title\n    originalTitle\n    originalLanguage\n    spokenLanguages\n    countries\n    companies\n  }\n"): (typeof documents)["\n  fragment Production_movie on Movie {\n    id\n    title\n    originalTitle\n    originalLanguage\n    spokenLanguages\n    countries\n    companies\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Series_movie on Movie {\n    id\n    collection\n    collectionMovies {\n      id\n      title\n      year\n      ...Poster_movie\n    }\n  }\n"): (typeof documents)["\n  fragment Series_movie on Movie {\n    id\n    collection\n    collectionMovies {\n      id\n      title\n      year\n      ...Poster_movie\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AbsenceNote_movie on Movie {\n    absence\n  }\n"): (typeof documents)["\n  fragment AbsenceNote_movie on Movie {\n    absence\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Explanation_part on ExplanationPart {\n    kind\n    subjects {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment Explanation_part on ExplanationPart {\n    kind\n    subjects {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieActions_movie on Movie {\n    id\n    title\n    viewerFeedback\n    watchlistEntry {\n      addedAt\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment MovieActions_movie on Movie {\n    id\n    title\n    viewerFeedback\n    watchlistEntry {\n      addedAt\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieCard_recommendation on Recommendation {\n    explanationParts {\n      ...Explanation_part\n    }\n    movie {\n      ratingAverage\n      ...MovieSummary_movie\n    }\n  }\n"): (typeof documents)["\n  fragment MovieCard_recommendation on Recommendation {\n    explanationParts {\n      ...Explanation_part\n    }\n    movie {\n      ratingAverage\n      ...MovieSummary_movie\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CardReactions_movie on Movie {\n    id\n    title\n    viewerFeedback\n    viewerRating\n    ...MovieActions_movie\n    ...PosterStars_movie\n  }\n"): (typeof documents)["\n  fragment CardReactions_movie on Movie {\n    id\n    title\n    viewerFeedback\n    viewerRating\n    ...MovieActions_movie\n    ...PosterStars_movie\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieLink_movie on Movie {\n    id\n    absence\n  }\n"): (typeof documents)["\n  fragment MovieLink_movie on Movie {\n    id\n    absence\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieStars_movie on Movie {\n    id\n    title\n    viewerRating\n    viewerFeedback\n  }\n"): (typeof documents)["\n  fragment MovieStars_movie on Movie {\n    id\n    title\n    viewerRating\n    viewerFeedback\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PosterStars_movie on Movie {\n    viewerRating\n    ...MovieStars_movie\n  }\n"): (typeof documents)["\n  fragment PosterStars_movie on Movie {\n    viewerRating\n    ...MovieStars_movie\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhyDialog($movieId: ID!, $prefs: PreferencesInput!, $mode: RecommendationMode!) {\n    recommendation(movieId: $movieId, prefs: $prefs, mode: $mode) {\n      explanationParts {\n        ...Explanation_part\n      }\n      movie {\n        id\n      }\n      ...WhyThis_recommendation\n    }\n  }\n"): (typeof documents)["\n  query WhyDialog($movieId: ID!, $prefs: PreferencesInput!, $mode: RecommendationMode!) {\n    recommendation(movieId: $movieId, prefs: $prefs, mode: $mode) {\n      explanationParts {\n        ...Explanation_part\n      }\n      movie {\n        id\n      }\n      ...WhyThis_recommendation\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WhyThis_recommendation on Recommendation {\n    score\n    movie {\n      id\n      genres {\n        id\n        name\n      }\n    }\n    reasons {\n      kind\n      label\n      contribution\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment WhyThis_recommendation on Recommendation {\n    score\n    movie {\n      id\n      genres {\n        id\n        name\n      }\n    }\n    reasons {\n      kind\n      label\n      contribution\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetFeedback($movieId: ID!, $signal: FeedbackSignal!) {\n    setFeedback(movieId: $movieId, signal: $signal) {\n      id\n      viewerFeedback\n    }\n  }\n"): (typeof documents)["\n  mutation SetFeedback($movieId: ID!, $signal: FeedbackSignal!) {\n    setFeedback(movieId: $movieId, signal: $signal) {\n      id\n      viewerFeedback\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RateMovie($movieId: ID!, $stars: Float) {\n    rateMovie(movieId: $movieId, stars: $stars) {\n      id\n      viewerRating\n      viewerFeedback\n    }\n  }\n"): (typeof documents)["\n  mutation RateMovie($movieId: ID!, $stars: Float) {\n    rateMovie(movieId: $movieId, stars: $stars) {\n      id\n      viewerRating\n      viewerFeedback\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Onboarding {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    viewer {\n      id\n      likedMovies {\n        id\n      }\n      preferences {\n        preferredGenres {\n          id\n        }\n        services {\n          id\n        }\n        languages\n        runtimeMin\n        runtimeMax\n        familiar\n      }\n    }\n  }\n"): (typeof documents)["\n  query Onboarding {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    viewer {\n      id\n      likedMovies {\n        id\n      }\n      preferences {\n        preferredGenres {\n          id\n        }\n        services {\n          id\n        }\n        languages\n        runtimeMin\n        runtimeMax\n        familiar\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PickMovies($liked: [ID!]!, $genres: [String!]!) {\n    recommendations(\n      first: 24\n      mode: DIVERSE\n      prefs: { likedMovieIds: $liked, preferredGenres: $genres, genreMatch: PREFER, services: [], languages: [] }\n    ) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...PickableMovie_movie\n          }\n        }\n      }\n    }\n    movies(ids: $liked) {\n      id\n      ...PickableMovie_movie\n    }\n  }\n"): (typeof documents)["\n  query PickMovies($liked: [ID!]!, $genres: [String!]!) {\n    recommendations(\n      first: 24\n      mode: DIVERSE\n      prefs: { likedMovieIds: $liked, preferredGenres: $genres, genreMatch: PREFER, services: [], languages: [] }\n    ) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...PickableMovie_movie\n          }\n        }\n      }\n    }\n    movies(ids: $liked) {\n      id\n      ...PickableMovie_movie\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindMovies($query: String!) {\n    searchMovies(query: $query, first: 12) {\n      edges {\n        cursor\n        node {\n          id\n          ...PickableMovie_movie\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query FindMovies($query: String!) {\n    searchMovies(query: $query, first: 12) {\n      edges {\n        cursor\n        node {\n          id\n          ...PickableMovie_movie\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PickableMovie_movie on Movie {\n    id\n    title\n    year\n    ...Poster_movie\n  }\n"): (typeof documents)["\n  fragment PickableMovie_movie on Movie {\n    id\n    title\n    year\n    ...Poster_movie\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveLike($movieId: ID!) {\n    setFeedback(movieId: $movieId, signal: LIKE) {\n      id\n      viewerFeedback\n    }\n  }\n"): (typeof documents)["\n  mutation SaveLike($movieId: ID!) {\n    setFeedback(movieId: $movieId, signal: LIKE) {\n      id\n      viewerFeedback\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OpinionItem_movie on Movie {\n    id\n    title\n    year\n    runtime\n    absence\n    viewerRating\n    genres {\n      id\n      name\n    }\n    ...AbsenceNote_movie\n    ...MovieLink_movie\n    ...Poster_movie\n    ...MovieActions_movie\n    ...MovieStars_movie\n  }\n"): (typeof documents)["\n  fragment OpinionItem_movie on Movie {\n    id\n    title\n    year\n    runtime\n    absence\n    viewerRating\n    genres {\n      id\n      name\n    }\n    ...AbsenceNote_movie\n    ...MovieLink_movie\n    ...Poster_movie\n    ...MovieActions_movie\n    ...MovieStars_movie\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Opinions($seenAfter: String, $ratedAfter: String) {\n    viewer {\n      id\n      ...Traits_viewer\n      likedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      dislikedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      notInterestedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      ...SeenMovies_viewer\n      ...RatedMovies_viewer\n    }\n  }\n"): (typeof documents)["\n  query Opinions($seenAfter: String, $ratedAfter: String) {\n    viewer {\n      id\n      ...Traits_viewer\n      likedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      dislikedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      notInterestedMovies {\n        id\n        title\n        ...OpinionItem_movie\n      }\n      ...SeenMovies_viewer\n      ...RatedMovies_viewer\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Traits_viewer on Viewer {\n    likedMovies {\n      id\n    }\n    profileTraits {\n      kind\n      value\n      name\n      likes\n      dislikes\n      movies {\n        id\n        title\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment Traits_viewer on Viewer {\n    likedMovies {\n      id\n    }\n    profileTraits {\n      kind\n      value\n      name\n      likes\n      dislikes\n      movies {\n        id\n        title\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SeenMovies_viewer on Viewer {\n    watchlist(status: WATCHED, first: 100, after: $seenAfter) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            title\n            ...OpinionItem_movie\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment SeenMovies_viewer on Viewer {\n    watchlist(status: WATCHED, first: 100, after: $seenAfter) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            title\n            ...OpinionItem_movie\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RatedMovies_viewer on Viewer {\n    ratings(first: 100, after: $ratedAfter) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            title\n            ...OpinionItem_movie\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment RatedMovies_viewer on Viewer {\n    ratings(first: 100, after: $ratedAfter) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            title\n            ...OpinionItem_movie\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoreSeen($seenAfter: String!) {\n    viewer {\n      id\n      ...SeenMovies_viewer\n    }\n  }\n"): (typeof documents)["\n  query MoreSeen($seenAfter: String!) {\n    viewer {\n      id\n      ...SeenMovies_viewer\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoreRated($ratedAfter: String!) {\n    viewer {\n      id\n      ...RatedMovies_viewer\n    }\n  }\n"): (typeof documents)["\n  query MoreRated($ratedAfter: String!) {\n    viewer {\n      id\n      ...RatedMovies_viewer\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetAccountRole($userId: ID!, $role: AccountRole!) {\n    setAccountRole(userId: $userId, role: $role) {\n      id\n      role\n    }\n  }\n"): (typeof documents)["\n  mutation SetAccountRole($userId: ID!, $role: AccountRole!) {\n    setAccountRole(userId: $userId, role: $role) {\n      id\n      role\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOutAccount($userId: ID!) {\n    signOutAccount(userId: $userId) {\n      id\n      sessionCount\n    }\n  }\n"): (typeof documents)["\n  mutation SignOutAccount($userId: ID!) {\n    signOutAccount(userId: $userId) {\n      id\n      sessionCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisableAccount($userId: ID!) {\n    disableAccount(userId: $userId) {\n      id\n      disabled\n      sessionCount\n    }\n  }\n"): (typeof documents)["\n  mutation DisableAccount($userId: ID!) {\n    disableAccount(userId: $userId) {\n      id\n      disabled\n      sessionCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnableAccount($userId: ID!) {\n    enableAccount(userId: $userId) {\n      id\n      disabled\n    }\n  }\n"): (typeof documents)["\n  mutation EnableAccount($userId: ID!) {\n    enableAccount(userId: $userId) {\n      id\n      disabled\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteAccount($userId: ID!) {\n    deleteAccount(userId: $userId)\n  }\n"): (typeof documents)["\n  mutation DeleteAccount($userId: ID!) {\n    deleteAccount(userId: $userId)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreatePasswordResetLink($userId: ID!) {\n    createPasswordResetLink(userId: $userId) {\n      url\n      expiresAt\n      mailedTo\n    }\n  }\n"): (typeof documents)["\n  mutation CreatePasswordResetLink($userId: ID!) {\n    createPasswordResetLink(userId: $userId) {\n      url\n      expiresAt\n      mailedTo\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnerAccounts($first: Int!, $after: String, $search: String) {\n    admin {\n      accounts(first: $first, after: $after, search: $search) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          name\n          email\n          role\n          disabled\n          lastSeenAt\n          sessionCount\n          apiKeyCount\n        }\n      }\n      guestCount\n    }\n  }\n"): (typeof documents)["\n  query OwnerAccounts($first: Int!, $after: String, $search: String) {\n    admin {\n      accounts(first: $first, after: $after, search: $search) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          name\n          email\n          role\n          disabled\n          lastSeenAt\n          sessionCount\n          apiKeyCount\n        }\n      }\n      guestCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnerAudit($after: String) {\n    admin {\n      auditLog(first: 20, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          at\n          actor\n          action\n          subject\n          detail\n          address\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnerAudit($after: String) {\n    admin {\n      auditLog(first: 20, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          id\n          at\n          actor\n          action\n          subject\n          detail\n          address\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnerCatalog {\n    catalog {\n      version\n      dataAt\n      dataAge\n    }\n    admin {\n      catalog {\n        previous\n        versions {\n          version\n          dataset\n          builtAt\n          dataAt\n          movieCount\n          model\n          megabytes\n          protocol\n          isPublished\n          isServed\n          quality {\n            likes\n            ndcg\n          }\n        }\n        refresh {\n          ...RefreshSection_refresh\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnerCatalog {\n    catalog {\n      version\n      dataAt\n      dataAge\n    }\n    admin {\n      catalog {\n        previous\n        versions {\n          version\n          dataset\n          builtAt\n          dataAt\n          movieCount\n          model\n          megabytes\n          protocol\n          isPublished\n          isServed\n          quality {\n            likes\n            ndcg\n          }\n        }\n        refresh {\n          ...RefreshSection_refresh\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PublishVersion($version: ID!) {\n    publishVersion(version: $version) {\n      publishedAt\n    }\n  }\n"): (typeof documents)["\n  mutation PublishVersion($version: ID!) {\n    publishVersion(version: $version) {\n      publishedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RollBackCatalog {\n    rollBackCatalog {\n      publishedAt\n    }\n  }\n"): (typeof documents)["\n  mutation RollBackCatalog {\n    rollBackCatalog {\n      publishedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnerHook {\n    admin {\n      hook {\n        start\n        createdAt\n      }\n      hookUsers {\n        source\n        name\n        userId\n        email\n        seenAt\n        waiting\n      }\n      hookEvents(first: 100) {\n        ...ServerHookEvents_event\n      }\n      accounts(first: 100) {\n        nodes {\n          id\n          name\n          email\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnerHook {\n    admin {\n      hook {\n        start\n        createdAt\n      }\n      hookUsers {\n        source\n        name\n        userId\n        email\n        seenAt\n        waiting\n      }\n      hookEvents(first: 100) {\n        ...ServerHookEvents_event\n      }\n      accounts(first: 100) {\n        nodes {\n          id\n          name\n          email\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateServerHook {\n    createServerHook {\n      token\n    }\n  }\n"): (typeof documents)["\n  mutation CreateServerHook {\n    createServerHook {\n      token\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeServerHook {\n    revokeServerHook\n  }\n"): (typeof documents)["\n  mutation RevokeServerHook {\n    revokeServerHook\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MapHookUser($source: MediaSource!, $name: String!, $userId: ID) {\n    mapHookUser(source: $source, name: $name, userId: $userId) {\n      userId\n    }\n  }\n"): (typeof documents)["\n  mutation MapHookUser($source: MediaSource!, $name: String!, $userId: ID) {\n    mapHookUser(source: $source, name: $name, userId: $userId) {\n      userId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RefreshSection_refresh on RefreshReport {\n    startedAt\n    finishedAt\n    seconds\n    result\n    failedStep\n    error\n    succeededAt\n    nextAt\n    newMovies\n    changedMovies\n    removedMovies\n    offersBegun\n    offersEnded\n    skipped\n    log\n  }\n"): (typeof documents)["\n  fragment RefreshSection_refresh on RefreshReport {\n    startedAt\n    finishedAt\n    seconds\n    result\n    failedStep\n    error\n    succeededAt\n    nextAt\n    newMovies\n    changedMovies\n    removedMovies\n    offersBegun\n    offersEnded\n    skipped\n    log\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnerRegistration {\n    admin {\n      registration {\n        mode\n        isFixed\n      }\n      invitations {\n        id\n        email\n        role\n        expiresAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnerRegistration {\n    admin {\n      registration {\n        mode\n        isFixed\n      }\n      invitations {\n        id\n        email\n        role\n        expiresAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetRegistration($mode: RegistrationMode!) {\n    setRegistration(mode: $mode) {\n      mode\n    }\n  }\n"): (typeof documents)["\n  mutation SetRegistration($mode: RegistrationMode!) {\n    setRegistration(mode: $mode) {\n      mode\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateInvitation($email: String, $role: AccountRole!) {\n    createInvitation(email: $email, role: $role) {\n      url\n      expiresAt\n      mailedTo\n    }\n  }\n"): (typeof documents)["\n  mutation CreateInvitation($email: String, $role: AccountRole!) {\n    createInvitation(email: $email, role: $role) {\n      url\n      expiresAt\n      mailedTo\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeInvitation($id: ID!) {\n    revokeInvitation(id: $id)\n  }\n"): (typeof documents)["\n  mutation RevokeInvitation($id: ID!) {\n    revokeInvitation(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RulePreview($rule: OperatorRuleInput!) {\n    admin {\n      rulePreview(rule: $rule) {\n        before {\n          movieId\n          ...RulePreview_movie\n        }\n        after {\n          movieId\n          ...RulePreview_movie\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RulePreview($rule: OperatorRuleInput!) {\n    admin {\n      rulePreview(rule: $rule) {\n        before {\n          movieId\n          ...RulePreview_movie\n        }\n        after {\n          movieId\n          ...RulePreview_movie\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddOperatorRule($rule: OperatorRuleInput!) {\n    addOperatorRule(rule: $rule) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation AddOperatorRule($rule: OperatorRuleInput!) {\n    addOperatorRule(rule: $rule) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RulePreview_movie on PreviewedMovie {\n    title\n    year\n    place\n    otherPlace\n    pinned\n  }\n"): (typeof documents)["\n  fragment RulePreview_movie on PreviewedMovie {\n    title\n    year\n    place\n    otherPlace\n    pinned\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnerRules {\n    admin {\n      operatorRules {\n        id\n        effect\n        movieId\n        genre\n        service\n        strength\n        subject\n        reason\n        createdBy\n        createdAt\n      }\n    }\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  query OwnerRules {\n    admin {\n      operatorRules {\n        id\n        effect\n        movieId\n        genre\n        service\n        strength\n        subject\n        reason\n        createdBy\n        createdAt\n      }\n    }\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteOperatorRule($id: ID!) {\n    deleteOperatorRule(id: $id)\n  }\n"): (typeof documents)["\n  mutation DeleteOperatorRule($id: ID!) {\n    deleteOperatorRule(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ServerHookEvents_event on ServerHookEvent {\n    id\n    source\n    name\n    mediaUser\n    receivedAt\n    deliveries\n    outcome\n    detail\n  }\n"): (typeof documents)["\n  fragment ServerHookEvents_event on ServerHookEvent {\n    id\n    source\n    name\n    mediaUser\n    receivedAt\n    deliveries\n    outcome\n    detail\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnerStorage {\n    admin {\n      server {\n        version\n        changes\n        database\n        databaseMegabytes\n        freeMegabytes\n        backupVerifiedAt\n        mail {\n          waiting\n          sentAt\n          failedAt\n          failure\n        }\n        backups {\n          count\n          latestAt\n          latestMegabytes\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnerStorage {\n    admin {\n      server {\n        version\n        changes\n        database\n        databaseMegabytes\n        freeMegabytes\n        backupVerifiedAt\n        mail {\n          waiting\n          sentAt\n          failedAt\n          failure\n        }\n        backups {\n          count\n          latestAt\n          latestMegabytes\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Workload_span on WorkloadSpan {\n    requests\n    p50Ms\n    p99Ms\n    refused\n    eventLoopDelayMs\n    errors {\n      name\n      count\n    }\n    cacheLayers {\n      name\n      count\n    }\n    slots {\n      at\n      requests\n      p99Ms\n      eventLoopDelayMs\n    }\n  }\n"): (typeof documents)["\n  fragment Workload_span on WorkloadSpan {\n    requests\n    p50Ms\n    p99Ms\n    refused\n    eventLoopDelayMs\n    errors {\n      name\n      count\n    }\n    cacheLayers {\n      name\n      count\n    }\n    slots {\n      at\n      requests\n      p99Ms\n      eventLoopDelayMs\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnerWorkload {\n    admin {\n      workload {\n        servers\n        hour {\n          ...Workload_span\n        }\n        day {\n          ...Workload_span\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnerWorkload {\n    admin {\n      workload {\n        servers\n        hour {\n          ...Workload_span\n        }\n        day {\n          ...Workload_span\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Poster_movie on Movie {\n    id\n    title\n    year\n    posterUrl(width: 342)\n    genres {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment Poster_movie on Movie {\n    id\n    title\n    year\n    posterUrl(width: 342)\n    genres {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MovieSummary_movie on Movie {\n    id\n    title\n    year\n    runtime\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    ...Poster_movie\n  }\n"): (typeof documents)["\n  fragment MovieSummary_movie on Movie {\n    id\n    title\n    year\n    runtime\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    ...Poster_movie\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AccountSection_viewer on Viewer {\n    id\n    name\n    email\n    isGuest\n  }\n"): (typeof documents)["\n  fragment AccountSection_viewer on Viewer {\n    id\n    name\n    email\n    isGuest\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AccountSection_query on Query {\n    ...SignInMethods_query\n  }\n"): (typeof documents)["\n  fragment AccountSection_query on Query {\n    ...SignInMethods_query\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PreferencesSection_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    languages {\n      id\n    }\n    regions\n    learnsFromViewers\n    catalog {\n      dataAt\n    }\n  }\n"): (typeof documents)["\n  fragment PreferencesSection_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n    languages {\n      id\n    }\n    regions\n    learnsFromViewers\n    catalog {\n      dataAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profile {\n    viewer {\n      id\n      isGuest\n      role\n      ...AccountSection_viewer\n      ...SavedPreferences_viewer\n      ...MediaServersSection_viewer\n      webPush {\n        publicKey\n      }\n    }\n    regions\n    ...AccountSection_query\n    ...PreferencesSection_query\n  }\n"): (typeof documents)["\n  query Profile {\n    viewer {\n      id\n      isGuest\n      role\n      ...AccountSection_viewer\n      ...SavedPreferences_viewer\n      ...MediaServersSection_viewer\n      webPush {\n        publicKey\n      }\n    }\n    regions\n    ...AccountSection_query\n    ...PreferencesSection_query\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Recovery_query on Query {\n    signInOptions {\n      mail\n      passwords\n    }\n    viewer {\n      id\n      emailVerified\n    }\n  }\n"): (typeof documents)["\n  fragment Recovery_query on Query {\n    signInOptions {\n      mail\n      passwords\n    }\n    viewer {\n      id\n      emailVerified\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SignInMethods_query on Query {\n    signInProviders {\n      id\n      name\n    }\n    ...Recovery_query\n  }\n"): (typeof documents)["\n  fragment SignInMethods_query on Query {\n    signInProviders {\n      id\n      name\n    }\n    ...Recovery_query\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SavedPreferences_viewer on Viewer {\n    id\n    preferences {\n      preferredGenres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      languages\n      runtimeMin\n      runtimeMax\n      familiar\n      region\n      learnFromMe\n    }\n  }\n"): (typeof documents)["\n  fragment SavedPreferences_viewer on Viewer {\n    id\n    preferences {\n      preferredGenres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      languages\n      runtimeMin\n      runtimeMax\n      familiar\n      region\n      learnFromMe\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ClearFeedback {\n    clearFeedback {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation ClearFeedback {\n    clearFeedback {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SavePreferences($preferences: StoredPreferencesInput!) {\n    updatePreferences(preferences: $preferences) {\n      ...SavedPreferences_viewer\n    }\n  }\n"): (typeof documents)["\n  mutation SavePreferences($preferences: StoredPreferencesInput!) {\n    updatePreferences(preferences: $preferences) {\n      ...SavedPreferences_viewer\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewsSubscription($endpoint: String!) {\n    viewer {\n      id\n      webPush(endpoint: $endpoint) {\n        isSubscribed\n        language\n      }\n    }\n  }\n"): (typeof documents)["\n  query NewsSubscription($endpoint: String!) {\n    viewer {\n      id\n      webPush(endpoint: $endpoint) {\n        isSubscribed\n        language\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubscribeToNews($subscription: PushSubscriptionInput!) {\n    subscribeToPush(subscription: $subscription) {\n      isSubscribed\n    }\n  }\n"): (typeof documents)["\n  mutation SubscribeToNews($subscription: PushSubscriptionInput!) {\n    subscribeToPush(subscription: $subscription) {\n      isSubscribed\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UnsubscribeFromNews($endpoint: String!) {\n    unsubscribeFromPush(endpoint: $endpoint)\n  }\n"): (typeof documents)["\n  mutation UnsubscribeFromNews($endpoint: String!) {\n    unsubscribeFromPush(endpoint: $endpoint)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FoundMovie_movie on Movie {\n    directors\n    viewerFeedback\n    viewerRating\n    ...MovieSummary_movie\n    ...MovieActions_movie\n    ...PosterStars_movie\n  }\n"): (typeof documents)["\n  fragment FoundMovie_movie on Movie {\n    directors\n    viewerFeedback\n    viewerRating\n    ...MovieSummary_movie\n    ...MovieActions_movie\n    ...PosterStars_movie\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FoundMovies_connection on MovieConnection {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        ...FoundMovie_movie\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment FoundMovies_connection on MovieConnection {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        ...FoundMovie_movie\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ResultFilters_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment ResultFilters_query on Query {\n    genres {\n      id\n      name\n    }\n    services {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchBox($query: String!) {\n    searchMovies(query: $query, first: 8) {\n      edges {\n        cursor\n        node {\n          id\n          title\n          year\n          directors\n          ...Poster_movie\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query SearchBox($query: String!) {\n    searchMovies(query: $query, first: 8) {\n      edges {\n        cursor\n        node {\n          id\n          title\n          year\n          directors\n          ...Poster_movie\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Results($query: String!, $filter: MovieFilterInput, $after: String) {\n    searchMovies(query: $query, filter: $filter, first: 48, after: $after) {\n      ...FoundMovies_connection\n    }\n    ...ResultFilters_query\n  }\n"): (typeof documents)["\n  query Results($query: String!, $filter: MovieFilterInput, $after: String) {\n    searchMovies(query: $query, filter: $filter, first: 48, after: $after) {\n      ...FoundMovies_connection\n    }\n    ...ResultFilters_query\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TaggedMovies($tag: MovieFilterInput!, $filter: MovieFilterInput!, $sort: MovieSort!, $isPerson: Boolean!, $after: String) {\n    catalogMovies(filter: $filter, sort: $sort, first: 48, after: $after) {\n      ...FoundMovies_connection\n    }\n    named: catalogMovies(filter: $tag, first: 1) @include(if: $isPerson) {\n      edges {\n        cursor\n        node {\n          id\n          credits {\n            personId\n            name\n          }\n        }\n      }\n    }\n    ...ResultFilters_query\n  }\n"): (typeof documents)["\n  query TaggedMovies($tag: MovieFilterInput!, $filter: MovieFilterInput!, $sort: MovieSort!, $isPerson: Boolean!, $after: String) {\n    catalogMovies(filter: $filter, sort: $sort, first: 48, after: $after) {\n      ...FoundMovies_connection\n    }\n    named: catalogMovies(filter: $tag, first: 1) @include(if: $isPerson) {\n      edges {\n        cursor\n        node {\n          id\n          credits {\n            personId\n            name\n          }\n        }\n      }\n    }\n    ...ResultFilters_query\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoviePicker($query: String!) {\n    searchMovies(query: $query, first: 6) {\n      edges {\n        cursor\n        node {\n          id\n          title\n          year\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query MoviePicker($query: String!) {\n    searchMovies(query: $query, first: 6) {\n      edges {\n        cursor\n        node {\n          id\n          title\n          year\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupList($members: [PreferencesInput!]!, $strategy: GroupStrategy!, $after: String) {\n    groupRecommendations(members: $members, strategy: $strategy, first: 12, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          members {\n            score\n          }\n          movie {\n            id\n          }\n          ...GroupMovie_recommendation\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupList($members: [PreferencesInput!]!, $strategy: GroupStrategy!, $after: String) {\n    groupRecommendations(members: $members, strategy: $strategy, first: 12, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          members {\n            score\n          }\n          movie {\n            id\n          }\n          ...GroupMovie_recommendation\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupMovie_recommendation on GroupRecommendation {\n    score\n    members {\n      member\n      score\n      explanationParts {\n        kind\n        ...Explanation_part\n      }\n    }\n    movie {\n      ...MovieSummary_movie\n    }\n  }\n"): (typeof documents)["\n  fragment GroupMovie_recommendation on GroupRecommendation {\n    score\n    members {\n      member\n      score\n      explanationParts {\n        kind\n        ...Explanation_part\n      }\n    }\n    movie {\n      ...MovieSummary_movie\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Together($ids: [ID!]!) {\n    movies(ids: $ids) {\n      id\n      title\n    }\n    services {\n      id\n      name\n    }\n    viewer {\n      id\n      name\n      isGuest\n      likedMovies {\n        id\n        title\n      }\n    }\n  }\n"): (typeof documents)["\n  query Together($ids: [ID!]!) {\n    movies(ids: $ids) {\n      id\n      title\n    }\n    services {\n      id\n      name\n    }\n    viewer {\n      id\n      name\n      isGuest\n      likedMovies {\n        id\n        title\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SharedGroup_group on SharedGroup {\n    id\n    version\n    members {\n      name\n      movieIds\n    }\n    strategy\n    services\n    runtimeMax\n    votes {\n      movieId\n      count\n      mine\n    }\n  }\n"): (typeof documents)["\n  fragment SharedGroup_group on SharedGroup {\n    id\n    version\n    members {\n      name\n      movieIds\n    }\n    strategy\n    services\n    runtimeMax\n    votes {\n      movieId\n      count\n      mine\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SharedGroup($id: ID!) {\n    sharedGroup(id: $id) {\n      ...SharedGroup_group\n    }\n  }\n"): (typeof documents)["\n  query SharedGroup($id: ID!) {\n    sharedGroup(id: $id) {\n      ...SharedGroup_group\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SharedGroupVersion($id: ID!) {\n    sharedGroup(id: $id) {\n      version\n    }\n  }\n"): (typeof documents)["\n  query SharedGroupVersion($id: ID!) {\n    sharedGroup(id: $id) {\n      version\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateSharedGroup($group: SharedGroupInput!) {\n    createSharedGroup(group: $group) {\n      ...SharedGroup_group\n    }\n  }\n"): (typeof documents)["\n  mutation CreateSharedGroup($group: SharedGroupInput!) {\n    createSharedGroup(group: $group) {\n      ...SharedGroup_group\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeSharedGroup($id: ID!, $version: Int!, $group: SharedGroupInput!) {\n    changeSharedGroup(id: $id, version: $version, group: $group) {\n      saved\n      group {\n        ...SharedGroup_group\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeSharedGroup($id: ID!, $version: Int!, $group: SharedGroupInput!) {\n    changeSharedGroup(id: $id, version: $version, group: $group) {\n      saved\n      group {\n        ...SharedGroup_group\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation VoteInSharedGroup($id: ID!, $movieId: ID!, $vote: Boolean!) {\n    voteInSharedGroup(id: $id, movieId: $movieId, vote: $vote) {\n      ...SharedGroup_group\n    }\n  }\n"): (typeof documents)["\n  mutation VoteInSharedGroup($id: ID!, $movieId: ID!, $vote: Boolean!) {\n    voteInSharedGroup(id: $id, movieId: $movieId, vote: $vote) {\n      ...SharedGroup_group\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Questions_query on Query {\n    genres {\n      id\n      name\n      movieCount\n    }\n  }\n"): (typeof documents)["\n  fragment Questions_query on Query {\n    genres {\n      id\n      name\n      movieCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tonight($prefs: PreferencesInput!) {\n    recommendations(first: 40, prefs: $prefs) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            viewerRating\n          }\n          ...TonightMovie_recommendation\n        }\n      }\n    }\n    ...Questions_query\n    viewer {\n      id\n      preferences {\n        services {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Tonight($prefs: PreferencesInput!) {\n    recommendations(first: 40, prefs: $prefs) {\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            viewerRating\n          }\n          ...TonightMovie_recommendation\n        }\n      }\n    }\n    ...Questions_query\n    viewer {\n      id\n      preferences {\n        services {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TonightMovie_recommendation on Recommendation {\n    explanationParts {\n      ...Explanation_part\n    }\n    movie {\n      id\n      title\n      year\n      runtime\n      overview\n      ratingAverage\n      viewerRating\n      viewerFeedback\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      watchlistEntry {\n        addedAt\n        watched\n        watchedAt\n        movie {\n          id\n        }\n      }\n      ...Poster_movie\n      ...MovieStars_movie\n    }\n  }\n"): (typeof documents)["\n  fragment TonightMovie_recommendation on Recommendation {\n    explanationParts {\n      ...Explanation_part\n    }\n    movie {\n      id\n      title\n      year\n      runtime\n      overview\n      ratingAverage\n      viewerRating\n      viewerFeedback\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      watchlistEntry {\n        addedAt\n        watched\n        watchedAt\n        movie {\n          id\n        }\n      }\n      ...Poster_movie\n      ...MovieStars_movie\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RandomPick {\n    viewer {\n      id\n      watchlist(status: TO_WATCH, first: 100) {\n        edges {\n          cursor\n          node {\n            movie {\n              id\n              absence\n              title\n              year\n              runtime\n              overview\n              ...Poster_movie\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RandomPick {\n    viewer {\n      id\n      watchlist(status: TO_WATCH, first: 100) {\n        edges {\n          cursor\n          node {\n            movie {\n              id\n              absence\n              title\n              year\n              runtime\n              overview\n              ...Poster_movie\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RankedWatchlist($prefs: PreferencesInput!, $sort: MovieSort, $after: String, $own: Boolean!, $sharedId: ID) {\n    recommendations(prefs: $prefs, sort: $sort, onWatchlist: $own, sharedWatchlistId: $sharedId, first: 48, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n          ...MovieCard_recommendation\n        }\n      }\n    }\n    services {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  query RankedWatchlist($prefs: PreferencesInput!, $sort: MovieSort, $after: String, $own: Boolean!, $sharedId: ID) {\n    recommendations(prefs: $prefs, sort: $sort, onWatchlist: $own, sharedWatchlistId: $sharedId, first: 48, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        cursor\n        node {\n          movie {\n            id\n            ...CardReactions_movie\n          }\n          ...MovieCard_recommendation\n        }\n      }\n    }\n    services {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WatchlistLink {\n    viewer {\n      id\n      watchlistLink {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  query WatchlistLink {\n    viewer {\n      id\n      watchlistLink {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ShareWatchlist($name: String!) {\n    shareWatchlist(name: $name) {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  mutation ShareWatchlist($name: String!) {\n    shareWatchlist(name: $name) {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StopSharingWatchlist {\n    stopSharingWatchlist\n  }\n"): (typeof documents)["\n  mutation StopSharingWatchlist {\n    stopSharingWatchlist\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SharedWatchlist($id: ID!) {\n    sharedWatchlist(id: $id) {\n      id\n      name\n    }\n    viewer {\n      id\n      watchlistLink {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  query SharedWatchlist($id: ID!) {\n    sharedWatchlist(id: $id) {\n      id\n      name\n    }\n    viewer {\n      id\n      watchlistLink {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {\n    viewer {\n      id\n      watchlist(status: $status, sort: $sort, first: 50, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            addedAt\n            watched\n            watchedAt\n            movie {\n              id\n            }\n            ...WatchlistItem_entry\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {\n    viewer {\n      id\n      watchlist(status: $status, sort: $sort, first: 50, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            addedAt\n            watched\n            watchedAt\n            movie {\n              id\n            }\n            ...WatchlistItem_entry\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WatchlistItem_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      absence\n      viewerRating\n      viewerFeedback\n      ...AbsenceNote_movie\n      ...MovieLink_movie\n      ...MovieStars_movie\n      ...MovieSummary_movie\n    }\n  }\n"): (typeof documents)["\n  fragment WatchlistItem_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      absence\n      viewerRating\n      viewerFeedback\n      ...AbsenceNote_movie\n      ...MovieLink_movie\n      ...MovieStars_movie\n      ...MovieSummary_movie\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MarkSeen($movieId: ID!) {\n    addToWatchlist(movieId: $movieId) {\n      movie {\n        id\n      }\n    }\n    setWatched(movieIds: [$movieId], watched: true) {\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n      ...EntryState_entry\n    }\n  }\n"): (typeof documents)["\n  mutation MarkSeen($movieId: ID!) {\n    addToWatchlist(movieId: $movieId) {\n      movie {\n        id\n      }\n    }\n    setWatched(movieIds: [$movieId], watched: true) {\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n      ...EntryState_entry\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UnmarkSeen($movieId: ID!) {\n    setWatched(movieIds: [$movieId], watched: false) {\n      ...EntryState_entry\n    }\n  }\n"): (typeof documents)["\n  mutation UnmarkSeen($movieId: ID!) {\n    setWatched(movieIds: [$movieId], watched: false) {\n      ...EntryState_entry\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ForgetSeen($movieId: ID!) {\n    removeFromWatchlist(movieIds: [$movieId])\n  }\n"): (typeof documents)["\n  mutation ForgetSeen($movieId: ID!) {\n    removeFromWatchlist(movieIds: [$movieId])\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddToWatchlist($movieId: ID!) {\n    addToWatchlist(movieId: $movieId) {\n      ...EntryState_entry\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddToWatchlist($movieId: ID!) {\n    addToWatchlist(movieId: $movieId) {\n      ...EntryState_entry\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PutBack($entry: RemovedEntryInput!) {\n    restoreToWatchlist(entries: [$entry]) {\n      ...EntryState_entry\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation PutBack($entry: RemovedEntryInput!) {\n    restoreToWatchlist(entries: [$entry]) {\n      ...EntryState_entry\n      movie {\n        id\n        watchlistEntry {\n          ...EntryState_entry\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TakeOffWatchlist($movieId: ID!) {\n    removeFromWatchlist(movieIds: [$movieId])\n  }\n"): (typeof documents)["\n  mutation TakeOffWatchlist($movieId: ID!) {\n    removeFromWatchlist(movieIds: [$movieId])\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EntryState_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment EntryState_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveEntries($movieIds: [ID!]!) {\n    removeFromWatchlist(movieIds: $movieIds)\n  }\n"): (typeof documents)["\n  mutation RemoveEntries($movieIds: [ID!]!) {\n    removeFromWatchlist(movieIds: $movieIds)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreEntries($entries: [RemovedEntryInput!]!) {\n    restoreToWatchlist(entries: $entries) {\n      ...EntryState_entry\n    }\n  }\n"): (typeof documents)["\n  mutation RestoreEntries($entries: [RemovedEntryInput!]!) {\n    restoreToWatchlist(entries: $entries) {\n      ...EntryState_entry\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {\n    setWatched(movieIds: $movieIds, watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {\n    setWatched(movieIds: $movieIds, watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;