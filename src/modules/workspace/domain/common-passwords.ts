/** Words that attackers try first, alone, twice, in pairs, with digits around them or letters swapped for signs. */

export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `
  aaa aaaa aaron abc abcabc abcd abcde abcdef abcdefg abcdefgh abigail access accessdenied account
  accounting acdc adam admin adminadmin administrator adobe africa ahmed ajax alejandro alexander alexandra
  alexis ali allah amanda amazon amber amelia amen america american andrea andrei andrew android angel
  angels anna anthony antonio anything apollo apple april architecture ariel arsenal asd asdf asdfg asdfgh
  asdfghjk asdfghjkl ashley assassin assassinscreed asshole athena audi august austin australia autumn
  avengers azerty azertyuiop baby babyboy babygirl backtothefuture bailey banana bank barbara barbie
  barcelona bart baseball basketball basketballer bastard batman bayern beach bear beast beatles beautiful
  beckham beer believe bella benfica benjamin berlin besiktas bestfriend bestfriends beyonce bible bilbo
  bird birmingham birthday bismillah bitch black blessed blessing blink blood blue blueberry bmw bobmarley
  boobs boston boxing brandon brazil breakingbad brian broncos brother brown buddy bulls bullshit bumblebee
  bunny burger business buster butter butterfly california callofduty camaro canada candy captain carlos
  cartman cash casper cat celtic celtics challenger champion change changeit changeme changethis charger
  charizard charles charlie charlotte cheese cheesecake cheetah chelsea cherry chester chesterfield
  chevrolet chevy chicago chicken china chloe chocolate christ christian christmas christopher church
  cinderella cisco civilization cjkysirj cobra cock cocoa coconut coffee coldplay college comeonin
  communication company compaq computer construction contact contrasena contraseña cookie cookies cooper
  correcthorsebatterystaple corvette cosmopolitan counterstrike cow cowboys crazy cricket cristiano crystal
  cumshot cupcake cutie cvbn cvbnm daddy daisy dallas daniel danielle dark darkness darling darthvader
  database david davidson deadpool death debian december default dell demon dennis denver destiny destroyer
  development devil devilmaycry dfgh dfghjk diamond diamonds dick dmitry dodgers dog doggy dollar dollars
  dolphin dolphins donald dortmund dracula dragon dragonball dropbox drums ducati duck duke dylan eagle
  eagles easter edc edward edwardcullen eight elephant elizabeth elsa elvis emerald emily eminem emma
  engineering england enter entertainment eric ethan europe everton everything facebook faith falcon fall
  family father fatima february fenerbahce fernando ferrari feyenoord fiat finalfantasy finance fish fishing
  five florida flower flowers football ford forest forever foreverlove foreveryoung forgot forgotten
  fortnite fortune four france francisco frank freedom frenchfries friday friend friends friendship frodo
  fuck fucker fuckoff fucktheworld fuckyou gabriel galatasaray gameofthrones gamer gandalf ganesh garfield
  george germany gfhjkm ghbdtn ghost giants ginger github gmail god godbless godisgood godzilla goku gold
  golden golf goodbye goodluck goodmorning goodnight goofy google gorgeous gorilla gospel grace grandma
  grandpa grandtheftauto green greenday greenlantern grey gryffindor guest guitar guitarhero hacked hacker
  halloween halo hamburger hamster hannah happiness happy happybirthday happynewyear harley harleydavidson
  harry harrypotter haslo hassan hawaii hawk heart hearts heather heaven heavymetal hello hellokitty helloo
  helloworld hendrix henry hercules hermione hero heslo hiphop hockey hogwarts holiday homer honda honey
  honeybunny hooters hope horse hotmail hottie houston hugs hulk hunter hunting iamgod iamthebest icecream
  idiot ihateyou ilovegod iloveher ilovehim ilovejesus ilovejustin iloveme ilovemom ilovemusic ilovemycat
  ilovemydog ilovemyfamily ilovemyself iloveu iloveus iloveyou iloveyouforever imissyou india info
  ingodwetrust insane instagram intelligence inter international internet invoice iphone ireland ironmaiden
  ironman isabella island italy ivan jack jacob jaguar james jamesbond january japan jasmine jason jasper
  jedi jeep jellybean jennifer jessica jesus jesuschrist john jonathan jordan jose joseph joshua juan july
  june jupiter justice justin justinbieber juventus kawasaki kennwort kevin keyboard killer kiss kisses
  kitten kitty knight koala kobe korn krishna ladybug lakers lamborghini laptop lasvegas laura lauren
  leagueoflegends leavemealone lebron ledzeppelin legend lemon lenovo leopard letmein letmeinplease liberty
  lightning lily linda linkedin linkinpark linux lion liverpool lkjh lkjhgf lkjhgfdsa logan login logon
  london lordoftherings losangeles losenord love loveislove lovelove lovely loveme lover loveyou
  loveyouforever lucas lucifer lucky luckyone luke lyubov madison madonna madrid maggie magic magician mama
  mamma manager manchester manchesterunited mancity mango manunited maradona march marco margaret maria
  mario mark marley martin massimiliano master mathematics matrix matthew max maxwell maytheforcebewithyou
  mazda megadeth melbourne melissa mercedes mercury merlin merrychristmas messi messiah metallica mexico
  miami michael michaeljackson michelle mickey mickeymouse microsoft midnight miguel milan million
  millionaire milo minecraft minnie mistress mnbvc mnbvcxz mobile mohammed molly mommy monday money monitor
  monkey monster moon moonlight morganstanley mortalkombat moscow motdepasse mother motorola mountain mouse
  muffin muhammad mummy music musica mustang mylove mypassword mysecret myspace naked naruto natalie natasha
  nathan necronomicon needforspeed nemo neo netflix network newcastle newpassword newyork newzealand neymar
  nicholas nicole nightcrawler nine ninja nintendo nirvana nissan nobody nokia noone nopassword nothing
  nottingham november number ocean october office oldpassword oliver olivia one open opensesame oracle
  orange orchid oreo oscar outlook packers panda pantera panther papa paris parol parola pass passcode
  passphrase passwd password passwordstandard passwort patches patricia patrick patriots paul paypal peace
  peach peanut peanutbutter pearl penguin penis pepper peter peugeot philadelphia phoenix phone photography
  photoshop piano pig pikachu pineapple pink pinkfloyd pirate pizza platinum playboy player playstation
  please pluto poiu poiuyt poiuytrewq pokemon poland pony pornstar porsche porto portugal precious pretty
  prince princess printer private privet professional psychology pumpkin punksnotdead puppy purple pussy qaz
  qazwsx qazwsxedc qwe qwerty qwertyui qwertyuiop qwertz qwertzu qwertzuiop rabbit rachel racing raiders
  rain rainbow rambo rangers realmadrid rebecca red redsox renault residentevil rewq rfv ricardo rich
  richard rihanna river robert roberto roblox rockandroll rocky rollingstones rome ronaldinho ronaldo root
  rose roses ruby rugby running russia rusty ryan sadie safe saint sairam salasana sales sam samantha
  samsung samuel samurai sanantonio sandiego sandra sanfrancisco sarah satan satisfaction saturday saturn
  scandinavian schalke school scooby scooter scorpion scotland seattle secret secure security senha
  september sergey server service sesame seven sexsex sexy shadow shakira shalom shark sheffield shit
  shooter shop shrek sifre signin silver simba simpsons sister six skateboard skateboarder skywalker slayer
  slipknot slytherin smile smokey snake snickers sniper snoopy snow snowball snowboarding soccer soldier
  solnyshko something sonic sonnenschein sony sonyericsson sophia sophie southafrica southampton southpark
  spain sparky spider spiderman spotify spring star starcraft stardust starlight stars startrek starwars
  steelers stephanie stephen steven store storm strangerthings stratocaster strawberries strawberry student
  stupid subaru sugar summer sunday sunflower sunny sunshine supercalifragilisticexpialidocious superhero
  superman supernatural superstar support surfing susan suzuki sweetheart sweetie swimming sydney system
  systemofadown tatiana teacher technology teenageninjaturtle telephone temp temporary ten tennis terminator
  test tester testing testtest texas thanks thankyou thankyougod thebeatles thecakeisalie thepassword
  thequickbrownfox thomas three thunder thursday ticketmaster tiffany tiger tigger tinkerbell tobeornottobe
  toby today tokyo tolkien tomorrow topsecret toshiba tottenham toyota transformers trinity truelove trustno
  trustnoone truth tucker tuesday tulip tupac turkey turtle twitter two tyler ubuntu ukraine unbelievable
  unicorn university user username vader vampire vanessa vegas vegeta venus veronica vfrcbv victoria victory
  viking violet vladimir vodka volkswagen volleyball volvo wachtwoord walkingdead warcraft warhammer warrior
  washington watermelon wednesday weekend weihnachtsbaum welcome welcomeback wert wertyu whale whatever
  whatthefuck whisky white whoami whosyourdaddy william windows winner winston winter winteriscoming wizard
  wolf wolverhampton wolverine wordpress world worldofwarcraft wrestling wsx wsxedc xbox xxx xxxx yahoo
  yamaha yankees yellow yes yesterday yfnfif yoda yourpassword youtube zaika zelda zeus zombie zxc zxcv
  zxcvb zxcvbn zxcvbnm zzz
  `
    .split(/\s+/)
    .filter(Boolean),
)
