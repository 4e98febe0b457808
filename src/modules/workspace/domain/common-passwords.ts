/** Words that attackers try first, alone, twice, in pairs, with digits around them or letters swapped for signs. */

export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `
  aaa aaaa aaron abc abcabc abcd abcde abcdef abcdefg abcdefgh abigail access accessdenied account
  accounting acdc adam admin administrator adobe africa ahmed ajax alejandro alexander alexandra alexis ali
  allah amanda amazon amber amelia amen america american andrea andrei andrew android angel angels anna
  anthony antonio anything apollo apple april ariel arsenal asdf asdfg asdfgh asdfghjk asdfghjkl ashley
  assassin asshole athena audi august austin australia autumn avengers azerty azertyuiop baby babyboy
  babygirl bailey banana bank barbara barbie barcelona bart baseball basketball bastard batman bayern beach
  bear beast beatles beautiful beer believe bella benfica benjamin berlin besiktas bestfriend bestfriends
  beyonce bible bilbo bird birthday bismillah bitch black blessed blessing blink blood blue bmw bobmarley
  boobs boston boxing brandon brazil brian broncos brother brown buddy bulls bullshit bumblebee bunny burger
  business buster butter butterfly california callofduty camaro canada candy captain carlos cartman cash
  casper cat celtic celtics challenger champion change changeit changeme charger charizard charles charlie
  charlotte cheese cheetah chelsea cherry chester chevrolet chevy chicago chicken china chloe chocolate
  christ christian christmas christopher church cinderella cisco cobra cock cocoa coconut coffee coldplay
  college company compaq computer contact contrasena contraseña cookie cookies cooper
  correcthorsebatterystaple corvette counterstrike cow cowboys crazy cricket crystal cumshot cupcake cutie
  daddy daisy dallas daniel danielle dark darkness darling darthvader database david davidson deadpool death
  debian december default dell demon dennis denver destiny destroyer devil diamond diamonds dick dmitry
  dodgers dog doggy dollar dollars dolphin dolphins donald dortmund dracula dragon dragonball dropbox drums
  ducati duck duke dylan eagle eagles easter edward eight elephant elizabeth elsa elvis emerald emily eminem
  emma england enter eric ethan europe everton everything facebook faith falcon fall family father fatima
  february fenerbahce fernando ferrari feyenoord fiat finance fish fishing five florida flower flowers
  football ford forest forever foreverlove forgot forgotten fortnite fortune four france francisco frank
  freedom friday friend friends friendship frodo fuck fucker fuckoff fuckyou gabriel galatasaray gamer
  gandalf ganesh garfield george germany ghost giants ginger github gmail god godbless godisgood godzilla
  goku gold golden golf goodbye goofy google gorgeous gorilla gospel grace grandma grandpa green greenday
  grey gryffindor guest guitar hacked hacker halloween halo hamster hannah happiness happy harley
  harleydavidson harry harrypotter haslo hassan hawaii hawk heart hearts heather heaven hello hellokitty
  helloo helloworld hendrix henry hercules hermione hero heslo hockey hogwarts holiday homer honda honey
  honeybunny hooters hope horse hotmail hottie houston hugs hulk hunter hunting iamgod iamthebest idiot
  ihateyou ilovegod ilovejesus ilovemom ilovemusic ilovemyself iloveu iloveyou iloveyouforever imissyou
  india info insane instagram inter internet invoice iphone ireland ironmaiden ironman isabella island italy
  ivan jack jacob jaguar james january japan jasmine jason jasper jedi jeep jennifer jessica jesus
  jesuschrist john jonathan jordan jose joseph joshua juan july june jupiter justice justin juventus
  kawasaki kennwort kevin keyboard killer kiss kisses kitten kitty knight koala korn krishna ladybug lakers
  lamborghini laptop lasvegas laura lauren ledzeppelin legend lemon lenovo leopard letmein letmeinplease
  liberty lightning lily linda linkedin linkinpark linux lion liverpool lkjhgf lkjhgfdsa logan login logon
  london losenord love lovelove lovely loveme lover loveyou lucas lucifer lucky luckyone luke madison
  madonna madrid maggie magic magician mama mamma manager manchester manchesterunited mancity mango
  manunited march marco margaret maria mario mark marley martin master matrix matthew max maxwell
  maytheforcebewithyou mazda megadeth melbourne melissa mercedes mercury merlin messiah metallica mexico
  miami michael michelle mickey mickeymouse microsoft midnight miguel milan million millionaire milo
  minecraft minnie mistress mnbvcxz mobile mohammed molly mommy monday money monitor monkey monster moon
  moonlight moscow motdepasse mother motorola mountain mouse muffin muhammad mummy music musica mustang
  mylove mysecret myspace naked naruto natalie natasha nathan nemo neo netflix network newcastle newyork
  nicholas nicole nine ninja nintendo nirvana nissan nobody nokia noone nothing november number ocean
  october office oliver olivia one open opensesame oracle orange orchid oreo oscar outlook packers panda
  pantera panther papa paris parola pass passcode passphrase passwd password passwort patches patricia
  patrick patriots paul paypal peace peach peanut pearl penguin penis pepper peter peugeot phoenix phone
  photoshop piano pig pikachu pineapple pink pinkfloyd pirate pizza platinum playboy player playstation
  please pluto poiuyt poiuytrewq pokemon poland pony pornstar porsche porto portugal precious pretty prince
  princess printer private pumpkin puppy purple pussy qazwsx qazwsxedc qwerty qwertyui qwertyuiop qwertz
  qwertzu qwertzuiop rabbit rachel racing raiders rain rainbow rambo rangers realmadrid rebecca red redsox
  renault ricardo rich richard rihanna river robert roberto roblox rocky rome root rose roses ruby rugby
  running russia rusty ryan sadie safe saint sairam salasana sales sam samantha samsung samuel samurai
  sandra sarah satan saturday saturn schalke school scooby scooter scorpion scotland seattle secret secure
  security senha september sergey server service sesame seven sexsex sexy shadow shakira shalom shark shit
  shooter shop shrek sifre signin silver simba simpsons sister six skateboard skywalker slayer slipknot
  slytherin smile smokey snake snickers sniper snoopy snow snowball soccer soldier something sonic sony
  sophia sophie southpark spain sparky spider spiderman spotify spring star starcraft stardust starlight
  stars startrek starwars steelers stephanie stephen steven store storm strawberry student stupid subaru
  sugar summer sunday sunflower sunny sunshine supercalifragilisticexpialidocious superhero superman
  superstar support surfing susan suzuki sweetheart sweetie swimming sydney system tatiana teacher
  teenageninjaturtle telephone temp temporary ten tennis terminator test tester testing texas thanks
  thankyou thequickbrownfox thomas three thunder thursday tiffany tiger tigger tinkerbell tobeornottobe toby
  today tokyo tolkien tomorrow topsecret toshiba tottenham toyota trinity truelove trustno trustnoone truth
  tucker tuesday tulip tupac turkey turtle twitter two tyler ubuntu ukraine unbelievable unicorn university
  user username vader vampire vanessa vegas vegeta venus veronica victoria victory viking violet vladimir
  vodka volkswagen volleyball volvo wachtwoord warcraft warrior wednesday weekend welcome welcomeback whale
  whatever whisky white whoami william windows winner winston winter winteriscoming wizard wolf wolverine
  wordpress world wrestling wsxedc xbox xxx xxxx yahoo yamaha yankees yellow yes yesterday yoda youtube
  zelda zeus zombie zxcv zxcvb zxcvbn zxcvbnm zzz
  `
    .split(/\s+/)
    .filter(Boolean),
)
