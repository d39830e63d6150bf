import type { CatalogRow } from '../src/engine/features/catalog-row.ts';

/**
 * Columns: id | title | other titles (;) | year (? = unknown) | minutes (? = unknown) | genres | services | language | director | cast |
 * keywords | ratings | average | overview. Services are made up for the tests; the other facts are close to the truth.
 */
const TABLE = `
1|Toy Story||1995|81|Animation,Adventure,Comedy,Family|Disney+|en|John Lasseter|Tom Hanks,Tim Allen|toy,friendship,jealousy|300|3.9|A cowboy doll fears that a space ranger toy will take his place in a boy's heart.
32|12 Monkeys|Twelve Monkeys|1995|129|Sci-Fi,Thriller,Mystery|Netflix|en|Terry Gilliam|Bruce Willis,Brad Pitt|time travel,virus,dystopia|170|3.9|A prisoner is sent back in time to learn how a plague began that drove mankind underground.
50|The Usual Suspects||1995|106|Crime,Mystery,Thriller|Hulu|en|Bryan Singer|Kevin Spacey,Gabriel Byrne|heist,police interrogation,con|210|4.2|A small-time crook tells the police how five men met and a ship burned.
260|Star Wars|Star Wars: Episode IV - A New Hope|1977|121|Sci-Fi,Adventure,Action|Disney+|en|George Lucas|Mark Hamill,Harrison Ford|space,rebellion,spaceship,robot|330|4.1|A farm boy joins a rebellion in space to save a princess from an empire.
296|Pulp Fiction||1994|154|Crime,Thriller|Netflix|en|Quentin Tarantino|John Travolta,Samuel L. Jackson|hitman,boxer,heist|310|4.2|Two hitmen, a boxer and a pair of bandits cross each other's ways.
480|Jurassic Park||1993|127|Sci-Fi,Adventure,Action|Peacock|en|Steven Spielberg|Sam Neill,Laura Dern|dinosaur,island,cloning|250|3.7|A park with cloned dinosaurs loses its power and its fences.
541|Blade Runner||1982|117|Sci-Fi,Thriller|Max|en|Ridley Scott|Harrison Ford,Rutger Hauer|android,dystopia,artificial intelligence,rain|180|4.1|A tired policeman hunts androids that want to live longer in a rain-soaked city.
588|Aladdin||1992|90|Animation,Adventure,Family|Disney+|en|Ron Clements|Robin Williams|genie,princess,lamp|190|3.8|A poor thief finds a lamp with a genie and courts a princess.
589|Terminator 2: Judgment Day|T2|1991|137|Action,Sci-Fi|Netflix|en|James Cameron|Arnold Schwarzenegger|robot,time travel,artificial intelligence,chase|240|4.0|A machine sent from the future protects a boy from a better machine.
593|The Silence of the Lambs||1991|119|Crime,Thriller,Horror|Max|en|Jonathan Demme|Jodie Foster,Anthony Hopkins|serial killer,police,psychiatrist|280|4.2|A young agent asks a jailed murderer for help with another one.
750|Dr. Strangelove||1964|95|Comedy,War|Apple TV|en|Stanley Kubrick|Peter Sellers|atomic bomb,satire,cold war|120|4.3|A mad general sends bombers to start a war that nobody can call off.
858|The Godfather||1972|175|Crime,Drama|Paramount+|en|Francis Ford Coppola|Marlon Brando,Al Pacino|mafia,family,revenge|220|4.4|The youngest son of a mafia family is drawn into its business.
904|Rear Window||1954|112|Mystery,Thriller|Peacock|en|Alfred Hitchcock|James Stewart,Grace Kelly|neighbour,photographer,murder|95|4.3|A photographer with a broken leg believes that a neighbour killed his wife.
924|2001: A Space Odyssey||1968|149|Sci-Fi,Mystery|Max|en|Stanley Kubrick|Keir Dullea|space,artificial intelligence,evolution|130|3.9|A ship's computer turns on its crew on the way to Jupiter.
1036|Die Hard||1988|132|Action,Thriller|Hulu|en|John McTiernan|Bruce Willis,Alan Rickman|skyscraper,hostage,police|160|3.9|A barefoot policeman fights thieves in a skyscraper at Christmas.
1089|Reservoir Dogs||1992|99|Crime,Thriller|Netflix|en|Quentin Tarantino|Harvey Keitel,Tim Roth|heist,police,betrayal|140|4.1|After a failed robbery the thieves look for the traitor among them.
1175|Delicatessen||1991|99|Comedy,Sci-Fi|Mubi|fr|Jean-Pierre Jeunet|Dominique Pinon|butcher,post-apocalypse,love|60|3.9|A clown takes a room above a butcher whose meat has two legs.
1196|The Empire Strikes Back|Star Wars: Episode V - The Empire Strikes Back|1980|124|Sci-Fi,Adventure,Action|Disney+|en|Irvin Kershner|Mark Hamill,Harrison Ford|space,rebellion,spaceship,father|250|4.2|The rebels flee while a young man learns the ways of an old master.
1200|Aliens||1986|137|Action,Sci-Fi,Horror|Netflix|en|James Cameron|Sigourney Weaver|space,alien,marine,mother|140|4.0|A survivor returns with marines to the moon where her crew found the creature.
1214|Alien||1979|117|Sci-Fi,Horror|Netflix|en|Ridley Scott|Sigourney Weaver|space,alien,spaceship,android|150|4.1|The crew of a cargo ship takes a deadly creature on board.
1240|The Terminator||1984|107|Action,Sci-Fi|Max|en|James Cameron|Arnold Schwarzenegger|robot,time travel,chase|170|3.9|A machine comes from the future to kill the mother of a rebel.
1250|The Bridge on the River Kwai||1957|161|War,Drama|Apple TV+|en|David Lean|Alec Guinness|prisoner of war,bridge,pride|70|4.2|A captured colonel builds a bridge for his enemies, and builds it well.
1270|Back to the Future||1985|116|Sci-Fi,Comedy,Adventure|Peacock|en|Robert Zemeckis|Michael J. Fox|time travel,car,parents|240|4.0|A boy drives a car into the year in which his parents met.
2571|The Matrix||1999|136|Sci-Fi,Action|Netflix,Max|en|Lana Wachowski|Keanu Reeves,Carrie-Anne Moss|artificial intelligence,virtual reality,rebellion,dystopia|340|4.2|A programmer learns that his world is a simulation run by machines.
2628|Star Wars: Episode I - The Phantom Menace||1999|136|Sci-Fi,Adventure,Action|Disney+|en|George Lucas|Liam Neeson|space,race,rebellion|160|3.1|Two knights find a boy of great gifts on a desert planet.
2959|Fight Club||1999|139|Drama,Thriller|Hulu|en|David Fincher|Brad Pitt,Edward Norton|insomnia,violence,identity|290|4.2|A sleepless clerk and a soap maker start a club where men fight.
3000|Princess Mononoke|Mononoke-hime;もののけ姫|1997|134|Animation,Fantasy,Adventure|Max|ja|Hayao Miyazaki|Yoji Matsuda|forest,spirit,war|90|4.1|A cursed prince stands between a mining town and the gods of the forest.
4878|Donnie Darko||2001|113|Sci-Fi,Drama,Mystery||en|Richard Kelly|Jake Gyllenhaal|time travel,rabbit,suburb|110|4.0|A boy is told by a rabbit when the world will end.
4973|Amélie|Le Fabuleux Destin d'Amélie Poulain|2001|122|Comedy,Romance|Mubi|fr|Jean-Pierre Jeunet|Audrey Tautou|paris,kindness,love|130|4.2|A shy waitress in Paris sets out to make others happy.
5349|Spider-Man||2002|121|Action,Sci-Fi|Hulu|en|Sam Raimi|Tobey Maguire|spider,hero,city|120|3.5|A bitten schoolboy climbs walls and learns what power asks of him.
5618|Spirited Away|Sen to Chihiro no Kamikakushi|2001|125|Animation,Fantasy,Family|Max|ja|Hayao Miyazaki|Rumi Hiiragi|spirit,bathhouse,parents|110|4.2|A girl works in a bathhouse for spirits to free her parents.
6016|City of God|Cidade de Deus|2002|130|Crime,Drama|Netflix|pt|Fernando Meirelles|Alexandre Rodrigues|favela,photographer,gang|80|4.2|A boy from the slums becomes a photographer while others become killers.
6365|The Matrix Reloaded||2003|138|Sci-Fi,Action|Netflix|en|Lana Wachowski|Keanu Reeves,Carrie-Anne Moss|artificial intelligence,virtual reality,rebellion,dystopia|130|3.3|The last free city waits for the machines while its hero looks for their maker.
7361|Eternal Sunshine of the Spotless Mind||2004|108|Romance,Sci-Fi,Drama|Apple TV+|en|Michel Gondry|Jim Carrey,Kate Winslet|memory,love,regret|140|4.2|A man has his love removed from his memory and changes his mind on the way.
8132|Gladiator||2000|155|Action,Drama,Adventure|Paramount+|en|Ridley Scott|Russell Crowe|rome,revenge,arena|180|4.0|A betrayed general fights in the arena for his revenge.
30749|Hotel Rwanda||2004|121|Drama,War|Apple TV|en|Terry George|Don Cheadle|genocide,hotel,courage|60|4.1|A manager shelters more than a thousand people in his hotel.
60069|WALL·E|WALL-E|2008|98|Animation,Sci-Fi,Family|Disney+|en|Andrew Stanton|Ben Burtt|robot,space,love,dystopia|120|4.0|A lonely robot that tidies up the earth follows another one into space.
79132|Inception||2010|148|Action,Sci-Fi,Thriller|Netflix|en|Christopher Nolan|Leonardo DiCaprio|dream,heist,virtual reality|150|4.1|Thieves enter a dream within a dream to plant a thought.
90001|La Haine|Hate|1995|98|Drama,Crime|Mubi|fr|Mathieu Kassovitz|Vincent Cassel|suburb,police,riot|50|4.1|Three friends drift through the day after a riot with a policeman's gun.
90002|La La Land||2016|128|Romance,Drama,Music|Hulu|en|Damien Chazelle|Ryan Gosling,Emma Stone|jazz,dance,dream|90|3.9|A pianist and an actress love each other and their careers.
90003|Untitled Festival Film||?|?|Drama||de||||0||
90004|Das Boot||1981|?|War,Drama|Apple TV+|de|Wolfgang Petersen|Jürgen Prochnow|submarine,war,crew|60|4.2|A submarine's crew waits, hunts and is hunted in the Atlantic.
`;

const NO_PRODUCTION = {
  originalTitle: '',
  status: '',
  countries: [],
  companies: [],
  spokenLanguages: [],
  trailerKey: '',
  people: [],
  offers: [],
};
const PRODUCTION = {
  originalTitle: 'もののけ姫',
  status: 'Released',
  countries: ['JP'],
  companies: ['Studio Ghibli'],
  spokenLanguages: ['ja'],
  trailerKey: 'trailer-3000',
  people: ['ACTOR:11:Yoji Matsuda', 'DIRECTOR:12:Hayao: Miyazaki', 'CATERER:13:Nobody'],
  offers: ['US:subscription:1899:2026-01-02::HBO Max', 'US:rent:2:::Apple TV', 'DE:buy:8:2025-03-04:2026-05-06:Netflix'],
};

const COLLECTIONS: Readonly<Record<string, string>> = {
  '2571': 'The Matrix Collection',
  '3000': 'Forest Collection',
  '6365': 'The Matrix Collection',
};

export const FIXTURE_MOVIES: readonly CatalogRow[] = TABLE.trim().split('\n').map(movieOf);

/** The movies with offers of Netflix in the United States: Alien came some days ago, Aliens left. Die Hard has another service in Germany. */
export function moviesWithRecentOffers(now = new Date()): CatalogRow[] {
  const day = new Date(now.getTime() - 5 * 86_400_000).toISOString().slice(0, 10);
  const offers: Readonly<Record<number, string[]>> = {
    1036: ['US:subscription:15:2025-01-02::Hulu', 'DE:rent:2:2025-01-02::Apple TV'],
    1200: [`US:subscription:8:2025-01-02:${day}:Netflix`],
    1214: [`US:subscription:8:${day}::Netflix`],
  };
  return FIXTURE_MOVIES.map((movie) => ({ ...movie, offers: offers[movie.movieId] ?? movie.offers }));
}

function movieOf(line: string): CatalogRow {
  const [id, title, others, year, runtime, genres, services, language, director, cast, keywords, count, average, overview] =
    line.split('|');
  return {
    movieId: Number(id),
    imdbId: 100_000 + Number(id),
    tmdbId: id === '90003' ? null : 200_000 + Number(id),
    title,
    alternativeTitles: list(others, ';'),
    collection: COLLECTIONS[id] ?? '',
    year: year === '?' ? null : Number(year),
    runtime: runtime === '?' ? 120 : Number(runtime),
    runtimeMissing: runtime === '?',
    overview,
    genres: list(genres),
    keywords: list(keywords),
    directors: list(director),
    cast: list(cast),
    originalLanguage: language,
    certification: '',
    ...(id === '3000' ? PRODUCTION : NO_PRODUCTION),
    services: list(services),
    posterPath: id === '2571' ? '/matrix.jpg' : '',
    ratingAverage: average === '' ? null : Number(average),
    ratingCount: Number(count),
    popularity: null,
    voteAverage: null,
    voteCount: 0,
  };
}

function list(text: string, separator = ','): string[] {
  return text === '' ? [] : text.split(separator);
}
