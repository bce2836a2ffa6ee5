PRAGMA application_id = 1265526117;
PRAGMA user_version = 5;
CREATE TABLE study (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    created TEXT NOT NULL,
    problem TEXT NOT NULL CHECK (json_valid(problem)),
    problem_label TEXT NOT NULL,
    spec TEXT NOT NULL CHECK (json_valid(spec)),
    purse INTEGER CHECK (purse >= 1),
    spent INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0 AND (purse IS NULL OR spent <= purse)),
    pulls INTEGER NOT NULL DEFAULT 0 CHECK (pulls >= 0),
    command_line TEXT NOT NULL,
    program_version TEXT NOT NULL,
    host TEXT NOT NULL
) STRICT;
INSERT INTO study VALUES(1,'fifth','2026-11-26T18:18:03Z','{"catalogue":{"dimension":2,"instance":1,"name":"sphere"}}','sphere (2 dimensions)','{"cost":"evaluations","freshSearches":4,"goal":{"price":1},"levelsAtFirst":5,"lookAhead":4,"maxPulls":12,"policy":"thompson","purse":3000,"seed":1,"space":{"configurations":[{"boundary":"reflect","inertia":"constant:0.6","rule":"inertiaWeight:1.49618","swarmSize":5,"topology":"ring:1"},{"boundary":"reflect","inertia":"constant:0.6","rule":"inertiaWeight:1.49618","swarmSize":10,"topology":"ring:1"}],"floor":40,"levels":5},"stopsWhenSure":true}',3000,2400,8,'["knee","learn","sphere","--dimension","2","--study","fifth","--swarm-sizes","5,10","--inertias","0.6","--topologies","ring","--floor","40","--max-evaluations","3000","--max-pulls","12","--confirm","4","--ledger","l.sqlite","--no-page","--quiet"]','0.1.0','machine');
CREATE TABLE pull (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES study (id),
    number INTEGER NOT NULL CHECK (number >= 0),
    arm INTEGER NOT NULL CHECK (arm >= 0),
    swarm_size INTEGER NOT NULL CHECK (swarm_size >= 1),
    inertia TEXT NOT NULL,
    topology TEXT NOT NULL,
    velocity_rule TEXT NOT NULL,
    boundary_rule TEXT NOT NULL,
    budget INTEGER NOT NULL CHECK (budget >= 1),
    evaluations INTEGER NOT NULL CHECK (evaluations BETWEEN 1 AND budget),
    ended TEXT NOT NULL CHECK (ended IN ('budget', 'objectiveFails')),
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'undefined')),
    best REAL CHECK ((outcome = 'ok') = (best IS NOT NULL)),
    best_point TEXT CHECK ((outcome = 'ok') = (best_point IS NOT NULL) AND json_valid(coalesce(best_point, '[]'))),
    failures INTEGER NOT NULL CHECK (failures BETWEEN 0 AND evaluations),
    failure_outcome TEXT,
    failure_evidence TEXT,
    propensity REAL NOT NULL CHECK (propensity > 0 AND propensity <= 1),
    seconds REAL NOT NULL CHECK (seconds >= 0), evaluation_seconds REAL NOT NULL DEFAULT 0 CHECK (evaluation_seconds >= 0), retest TEXT CHECK (json_valid(coalesce(retest, '{}'))), open_budgets INTEGER CHECK (open_budgets >= 1),
    UNIQUE (study_id, number)
) STRICT;
INSERT INTO pull VALUES(1,1,0,9,10,'constant:0.6','ring:1','inertiaWeight:1.49618','reflect',640,640,'budget','ok',1.3576507123823604727e-10,'[-17.692516957503486,2.7327741335577245]',0,NULL,NULL,0.2913385826771653364,0.00020120700000000001344,0.0,NULL,5);
INSERT INTO pull VALUES(2,1,1,7,10,'constant:0.6','ring:1','inertiaWeight:1.49618','reflect',160,160,'budget','ok',0.019675720269283814706,'[-17.759823796916308,2.8558282808627533]',0,NULL,NULL,0.18110236220472442081,7.3456999999999998208e-05,0.0,NULL,5);
INSERT INTO pull VALUES(3,1,2,0,5,'constant:0.6','ring:1','inertiaWeight:1.49618','reflect',40,40,'budget','ok',12.468345204098628897,'[-14.167416237335036,2.9378619974773805]',0,NULL,NULL,0.1181102362204724393,0.00014732699999999999398,0.0,NULL,5);
INSERT INTO pull VALUES(4,1,3,0,5,'constant:0.6','ring:1','inertiaWeight:1.49618','reflect',40,40,'budget','ok',32.666008596709630751,'[-22.506047137490274,-0.3487701436095918]',0,NULL,NULL,0.078740157480314959537,0.00012115700000000000568,0.0,NULL,5);
INSERT INTO pull VALUES(5,1,4,9,10,'constant:0.6','ring:1','inertiaWeight:1.49618','reflect',640,640,'budget','ok',1.3421415532794693705e-08,'[-17.69239354500226,2.7327716405871145]',0,NULL,NULL,0.98425196850393703584,0.0002048750000000000061,0.0,NULL,5);
INSERT INTO pull VALUES(6,1,5,9,10,'constant:0.6','ring:1','inertiaWeight:1.49618','reflect',640,640,'budget','ok',2.1583028934108468024e-08,'[-17.69248356220518,2.7329100665239254]',0,NULL,NULL,0.98425196850393703584,0.000169969000000000012,0.0,NULL,5);
INSERT INTO pull VALUES(7,1,6,7,10,'constant:0.6','ring:1','inertiaWeight:1.49618','reflect',160,160,'budget','ok',0.18088683440747455044,'[-18.099960882164034,2.6108228693852045]',0,NULL,NULL,0.77952755905511805778,0.00015300700000000000736,0.0,NULL,5);
INSERT INTO pull VALUES(8,1,7,1,5,'constant:0.6','ring:1','inertiaWeight:1.49618','reflect',80,80,'budget','ok',0.013501500719482934648,'[-17.73503044512003,2.840901656332978]',0,NULL,NULL,0.77952755905511805778,0.00010045800000000000616,0.0,NULL,5);
CREATE TABLE checkpoint (
    pull_id INTEGER NOT NULL REFERENCES pull (id),
    evaluations INTEGER NOT NULL CHECK (evaluations >= 1),
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'undefined')),
    best REAL CHECK ((outcome = 'ok') = (best IS NOT NULL)),
    PRIMARY KEY (pull_id, evaluations)
) STRICT, WITHOUT ROWID;
INSERT INTO checkpoint VALUES(1,40,'ok',110.65874388448266074);
INSERT INTO checkpoint VALUES(1,48,'ok',79.595409366564979338);
INSERT INTO checkpoint VALUES(1,57,'ok',79.595409366564979338);
INSERT INTO checkpoint VALUES(1,67,'ok',69.296900864687671628);
INSERT INTO checkpoint VALUES(1,80,'ok',26.932797236440087829);
INSERT INTO checkpoint VALUES(1,95,'ok',3.0729539074673550835);
INSERT INTO checkpoint VALUES(1,113,'ok',3.0729539074673550835);
INSERT INTO checkpoint VALUES(1,135,'ok',3.0729539074673550835);
INSERT INTO checkpoint VALUES(1,160,'ok',0.13608105508899320801);
INSERT INTO checkpoint VALUES(1,190,'ok',0.13608105508899320801);
INSERT INTO checkpoint VALUES(1,226,'ok',0.047665736426044977291);
INSERT INTO checkpoint VALUES(1,269,'ok',0.0018624954878406420506);
INSERT INTO checkpoint VALUES(1,320,'ok',1.7499677449165412161e-05);
INSERT INTO checkpoint VALUES(1,381,'ok',1.7499677449165412161e-05);
INSERT INTO checkpoint VALUES(1,453,'ok',9.8003092523617365379e-06);
INSERT INTO checkpoint VALUES(1,538,'ok',1.1358349070871886875e-07);
INSERT INTO checkpoint VALUES(1,640,'ok',1.3576507123823604727e-10);
INSERT INTO checkpoint VALUES(2,40,'ok',67.842321772837024694);
INSERT INTO checkpoint VALUES(2,48,'ok',67.842321772837024694);
INSERT INTO checkpoint VALUES(2,57,'ok',41.91226406692510409);
INSERT INTO checkpoint VALUES(2,67,'ok',26.946673437974812514);
INSERT INTO checkpoint VALUES(2,80,'ok',26.946673437974812514);
INSERT INTO checkpoint VALUES(2,95,'ok',3.5427343864604154966);
INSERT INTO checkpoint VALUES(2,113,'ok',3.5427343864604154966);
INSERT INTO checkpoint VALUES(2,135,'ok',0.019675720269283814706);
INSERT INTO checkpoint VALUES(2,160,'ok',0.019675720269283814706);
INSERT INTO checkpoint VALUES(3,40,'ok',12.468345204098628897);
INSERT INTO checkpoint VALUES(4,40,'ok',32.666008596709630751);
INSERT INTO checkpoint VALUES(5,40,'ok',64.180467782720114653);
INSERT INTO checkpoint VALUES(5,48,'ok',64.180467782720114653);
INSERT INTO checkpoint VALUES(5,57,'ok',64.180467782720114653);
INSERT INTO checkpoint VALUES(5,67,'ok',25.759469755392302658);
INSERT INTO checkpoint VALUES(5,80,'ok',18.655756538686386392);
INSERT INTO checkpoint VALUES(5,95,'ok',10.596453509648002366);
INSERT INTO checkpoint VALUES(5,113,'ok',5.0820352274553481919);
INSERT INTO checkpoint VALUES(5,135,'ok',1.8223231352519744241);
INSERT INTO checkpoint VALUES(5,160,'ok',1.0121007506491046523);
INSERT INTO checkpoint VALUES(5,190,'ok',0.065892771901118654676);
INSERT INTO checkpoint VALUES(5,226,'ok',0.065892771901118654676);
INSERT INTO checkpoint VALUES(5,269,'ok',0.036153883903506892072);
INSERT INTO checkpoint VALUES(5,320,'ok',0.0002879848102928628359);
INSERT INTO checkpoint VALUES(5,381,'ok',2.6172762125602040618e-05);
INSERT INTO checkpoint VALUES(5,453,'ok',3.7789567817462440481e-06);
INSERT INTO checkpoint VALUES(5,538,'ok',3.7294460165969992842e-06);
INSERT INTO checkpoint VALUES(5,640,'ok',1.3421415532794693705e-08);
INSERT INTO checkpoint VALUES(6,40,'ok',350.26306164799609632);
INSERT INTO checkpoint VALUES(6,48,'ok',193.77081418051963624);
INSERT INTO checkpoint VALUES(6,57,'ok',46.90228733072908085);
INSERT INTO checkpoint VALUES(6,67,'ok',32.849820025193878336);
INSERT INTO checkpoint VALUES(6,80,'ok',29.536467557849700681);
INSERT INTO checkpoint VALUES(6,95,'ok',18.112057901046089369);
INSERT INTO checkpoint VALUES(6,113,'ok',6.2452730458783163314);
INSERT INTO checkpoint VALUES(6,135,'ok',1.0872824447923421509);
INSERT INTO checkpoint VALUES(6,160,'ok',0.25432422342998911579);
INSERT INTO checkpoint VALUES(6,190,'ok',0.25432422342998911579);
INSERT INTO checkpoint VALUES(6,226,'ok',0.042851110964466664066);
INSERT INTO checkpoint VALUES(6,269,'ok',0.0041510514345535435426);
INSERT INTO checkpoint VALUES(6,320,'ok',0.0028859510530838241096);
INSERT INTO checkpoint VALUES(6,381,'ok',0.00064367539651399635278);
INSERT INTO checkpoint VALUES(6,453,'ok',0.00012445767577413539882);
INSERT INTO checkpoint VALUES(6,538,'ok',2.7935163050311650752e-06);
INSERT INTO checkpoint VALUES(6,640,'ok',2.1583028934108468024e-08);
INSERT INTO checkpoint VALUES(7,40,'ok',276.51123036227374996);
INSERT INTO checkpoint VALUES(7,48,'ok',16.042003366711416134);
INSERT INTO checkpoint VALUES(7,57,'ok',15.585601763639068906);
INSERT INTO checkpoint VALUES(7,67,'ok',15.585601763639068906);
INSERT INTO checkpoint VALUES(7,80,'ok',15.585601763639068906);
INSERT INTO checkpoint VALUES(7,95,'ok',15.585601763639068906);
INSERT INTO checkpoint VALUES(7,113,'ok',0.18088683440747455044);
INSERT INTO checkpoint VALUES(7,135,'ok',0.18088683440747455044);
INSERT INTO checkpoint VALUES(7,160,'ok',0.18088683440747455044);
INSERT INTO checkpoint VALUES(8,40,'ok',2.8005073794311710067);
INSERT INTO checkpoint VALUES(8,48,'ok',0.013501500719482934648);
INSERT INTO checkpoint VALUES(8,57,'ok',0.013501500719482934648);
INSERT INTO checkpoint VALUES(8,67,'ok',0.013501500719482934648);
INSERT INTO checkpoint VALUES(8,80,'ok',0.013501500719482934648);
CREATE TABLE contender (
    pull_id INTEGER NOT NULL REFERENCES pull (id),
    place INTEGER NOT NULL CHECK (place >= 0),
    arm INTEGER NOT NULL CHECK (arm >= 0),
    draw REAL NOT NULL,
    mean REAL NOT NULL,
    utility_offset REAL NOT NULL,
    PRIMARY KEY (pull_id, place)
) STRICT, WITHOUT ROWID;
INSERT INTO contender VALUES(1,0,9,0.5800584872452441143,0.60627547849099072685,-1.0092530088080640116);
INSERT INTO contender VALUES(1,1,8,0.08405068400897169889,0.40177887562312269986,-0.75693975660604806421);
INSERT INTO contender VALUES(1,2,6,-0.45528229239977979769,-0.081778875623122693205,-0.2523132522020160029);
INSERT INTO contender VALUES(1,3,0,-0.74724913933102243834,-0.50674490430180185729,0.0);
INSERT INTO contender VALUES(1,4,5,-0.7630312737488813557,-0.53882643547297193187,0.0);
INSERT INTO contender VALUES(1,5,7,-0.26013848673422906854,0.21627547849099065802,-0.5046265044040320058);
INSERT INTO contender VALUES(1,6,1,-0.53303868033711065965,-0.21674490430180184952,-0.2523132522020160029);
INSERT INTO contender VALUES(2,0,7,0.09085230041424657843,0.21627547849099065802,-0.5046265044040320058);
INSERT INTO contender VALUES(2,1,6,-0.22815027001895094027,-0.081778875623122693205,-0.2523132522020160029);
INSERT INTO contender VALUES(2,2,1,-0.23727768369738214127,-0.21674490430180184952,-0.2523132522020160029);
INSERT INTO contender VALUES(2,3,2,-0.035499316237608130597,-0.036744904301801856183,-0.5046265044040320058);
INSERT INTO contender VALUES(2,4,0,-0.57865105368916147643,-0.50674490430180185729,0.0);
INSERT INTO contender VALUES(2,5,5,-0.76355080273390485423,-0.53882643547297193187,0.0);
INSERT INTO contender VALUES(2,6,8,-0.034002037014587871421,0.40177887562312269986,-0.75693975660604806421);
INSERT INTO contender VALUES(2,7,9,-0.035805186143713862989,0.60627547849099072685,-1.0092530088080640116);
INSERT INTO contender VALUES(3,0,0,-0.14717687465969675475,-0.50674490430180185729,0.0);
INSERT INTO contender VALUES(3,1,6,0.095505856837852953766,-0.081778875623122693205,-0.2523132522020160029);
INSERT INTO contender VALUES(3,2,7,0.29812278855721380255,0.21627547849099065802,-0.5046265044040320058);
INSERT INTO contender VALUES(3,3,5,-0.22669202056170179027,-0.53882643547297193187,0.0);
INSERT INTO contender VALUES(3,4,1,-0.025713165186086822666,-0.21674490430180184952,-0.2523132522020160029);
INSERT INTO contender VALUES(3,5,8,0.37786283973254347623,0.40177887562312269986,-0.75693975660604806421);
INSERT INTO contender VALUES(3,6,9,0.20852656114975842704,0.60627547849099072685,-1.0092530088080640116);
INSERT INTO contender VALUES(4,0,0,-0.7701763639671003192,-0.50674490430180185729,0.0);
INSERT INTO contender VALUES(4,1,1,-0.65692365624729742723,-0.21674490430180184952,-0.2523132522020160029);
INSERT INTO contender VALUES(4,2,5,-0.92530128326655103343,-0.53882643547297193187,0.0);
INSERT INTO contender VALUES(4,3,6,-0.70831584099330091586,-0.081778875623122693205,-0.2523132522020160029);
INSERT INTO contender VALUES(4,4,2,-0.54195387341801282143,-0.036744904301801856183,-0.5046265044040320058);
INSERT INTO contender VALUES(4,5,7,-0.54470202814658263967,0.21627547849099065802,-0.5046265044040320058);
INSERT INTO contender VALUES(4,6,8,-0.5493296396394811154,0.40177887562312269986,-0.75693975660604806421);
INSERT INTO contender VALUES(4,7,9,-0.36551102053244677314,0.60627547849099072685,-1.0092530088080640116);
INSERT INTO contender VALUES(5,0,9,1.3958465253202143596,1.4289962445584956096,-1.0092530088080640116);
INSERT INTO contender VALUES(5,1,8,0.74360805634059090607,0.67071968201197762482,-0.75693975660604806421);
INSERT INTO contender VALUES(5,2,4,0.82067747137721425154,0.89023990652736073592,-1.0092530088080640116);
INSERT INTO contender VALUES(5,3,7,0.21265747655312444708,0.066464985498589534973,-0.5046265044040320058);
INSERT INTO contender VALUES(5,4,3,0.36162692806895618824,0.29722154638942127613,-0.75693975660604806421);
INSERT INTO contender VALUES(5,5,2,-0.042275619290510352277,-0.17826898076359384837,-0.5046265044040320058);
INSERT INTO contender VALUES(6,0,9,1.7228907739011469768,1.5232044850675288127,-1.0145895219604306181);
INSERT INTO contender VALUES(6,1,8,0.83282494429148812287,0.75987720373667855255,-0.76094214147032290807);
INSERT INTO contender VALUES(6,2,4,1.0512654902714098081,0.97953273079570180037,-1.0145895219604306181);
INSERT INTO contender VALUES(6,3,7,0.12873455394188787481,0.12106355536858465216,-0.50729476098021530905);
INSERT INTO contender VALUES(6,4,3,0.3004680325764024773,0.38174409172709827808,-0.76094214147032290807);
INSERT INTO contender VALUES(6,5,2,-0.31366128899876233315,-0.12638593890492075266,-0.50729476098021530905);
INSERT INTO contender VALUES(7,0,7,0.33304368961731817266,0.30869602669159795782,-0.50675274577279583176);
INSERT INTO contender VALUES(7,1,2,0.31834201834376696371,0.21113501808818227467,-0.50675274577279583176);
INSERT INTO contender VALUES(7,2,1,-0.28373748519245733934,-0.36498210289303412157,-0.25337637288639791588);
INSERT INTO contender VALUES(7,3,6,-0.48768534425295972933,-0.43160145643748426547,-0.25337637288639791588);
INSERT INTO contender VALUES(7,4,0,-0.85447065331760996276,-0.9933323393088971942,0.0);
INSERT INTO contender VALUES(7,5,5,-1.2630086239838667072,-1.2576764520669050373,0.0);
INSERT INTO contender VALUES(8,0,1,-0.40147281148258795457,-0.28452498175922980028,-0.25154668842394040106);
INSERT INTO contender VALUES(8,1,6,-0.47667580011881971469,-0.37965773705042982211,-0.25154668842394040106);
INSERT INTO contender VALUES(8,2,0,-1.0297705958110485724,-0.92502526738468759948,0.0);
INSERT INTO contender VALUES(8,3,5,-1.2965054210686750568,-1.220458537008769051,0.0);
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES study (id),
    created TEXT NOT NULL,
    stop TEXT NOT NULL,
    pulls INTEGER NOT NULL CHECK (pulls >= 0),
    verdict TEXT CHECK (verdict IS NULL OR json_valid(verdict))
, outage TEXT CHECK (json_valid(coalesce(outage, '{}'))), digest TEXT, decisions_digest TEXT) STRICT;
INSERT INTO verdict VALUES(1,1,'2026-11-26T18:18:03Z','purse',8,'{"aleatoricDeviation":0.4152827725851719,"arm":{"budget":640,"configuration":{"boundary":"reflect","inertia":"constant:0.6","rule":"inertiaWeight:1.49618","swarmSize":10,"topology":"ring:1"},"configurationIndex":1,"index":9,"level":4},"epistemicDeviation":0.22653452210320243,"expectedGainOfPerfectInformation":0.03200662697878328,"halving":{"gain":1.0443334387290741,"larger":640,"payProbability":1,"smaller":320,"winShare":0.9589298461224236},"importance":[{"factor":"budget","share":0.9771873193533989},{"factor":"swarmSize","share":0.00426799101585485},{"factor":"interplay","share":0.01854468963074629}],"isSure":true,"knee":{"budget":640,"high":640,"low":640,"massAtCeiling":1,"massAtFloor":0},"levels":5,"meanScore":1.9354370032636348,"nearTies":[{"arm":{"budget":640,"configuration":{"boundary":"reflect","inertia":"constant:0.6","rule":"inertiaWeight:1.49618","swarmSize":10,"topology":"ring:1"},"configurationIndex":1,"index":9,"level":4},"probability":0.859},{"arm":{"budget":640,"configuration":{"boundary":"reflect","inertia":"constant:0.6","rule":"inertiaWeight:1.49618","swarmSize":5,"topology":"ring:1"},"configurationIndex":0,"index":4,"level":4},"probability":0.141}],"observedMedian":1.3421415532794694e-08,"observedSearches":3,"secondsPerEvaluation":4.2652831248208506e-07}',NULL,'f07a3654c5bef1a6','32ef229c36ef4937');
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    study_id INTEGER REFERENCES study (id),
    created TEXT NOT NULL,
    problem TEXT NOT NULL CHECK (json_valid(problem)),
    configuration TEXT NOT NULL CHECK (json_valid(configuration)),
    seed INTEGER NOT NULL,
    budget INTEGER NOT NULL CHECK (budget >= 1),
    evaluations INTEGER NOT NULL CHECK (evaluations BETWEEN 1 AND budget),
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'undefined')),
    best REAL CHECK ((outcome = 'ok') = (best IS NOT NULL)),
    best_point TEXT CHECK ((outcome = 'ok') = (best_point IS NOT NULL) AND json_valid(coalesce(best_point, '[]'))),
    seconds REAL NOT NULL CHECK (seconds >= 0)
) STRICT;
CREATE TABLE failure (
    pull_id INTEGER NOT NULL REFERENCES pull (id),
    evaluation INTEGER NOT NULL CHECK (evaluation >= 0),
    outcome TEXT NOT NULL
        CHECK (outcome IN ('undefined', 'failed', 'timedOut', 'unparsable', 'overMemory')),
    evidence TEXT CHECK (outcome = 'undefined' OR evidence IS NOT NULL),
    point TEXT NOT NULL CHECK (json_valid(point)),
    PRIMARY KEY (pull_id, evaluation)
) STRICT, WITHOUT ROWID;
CREATE TABLE confirmation (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES study (id),
    created TEXT NOT NULL,
    evaluations INTEGER NOT NULL CHECK (evaluations >= 1),
    confirmation TEXT NOT NULL CHECK (json_valid(confirmation))
) STRICT;
CREATE TABLE fresh_search (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES study (id),
    arm INTEGER NOT NULL CHECK (arm >= 0),
    number INTEGER NOT NULL CHECK (number >= 0),
    budget INTEGER NOT NULL CHECK (budget >= 1),
    evaluations INTEGER NOT NULL CHECK (evaluations BETWEEN 1 AND budget),
    is_charged INTEGER NOT NULL CHECK (is_charged IN (0, 1)),
    failures INTEGER NOT NULL CHECK (failures BETWEEN 0 AND evaluations),
    seconds REAL NOT NULL CHECK (seconds >= 0),
    UNIQUE (study_id, arm, budget, number)
) STRICT;
CREATE TABLE fresh_checkpoint (
    search_id INTEGER NOT NULL REFERENCES fresh_search (id),
    evaluations INTEGER NOT NULL CHECK (evaluations >= 1),
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'undefined')),
    best REAL CHECK ((outcome = 'ok') = (best IS NOT NULL)),
    PRIMARY KEY (search_id, evaluations)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES study (id),
    begun TEXT NOT NULL,
    ended TEXT,
    how TEXT CHECK ((how IS NULL) = (ended IS NULL) AND how IN ('left', 'reclaimed')),
    pid INTEGER NOT NULL,
    boot TEXT NOT NULL,
    namespace TEXT NOT NULL,
    started TEXT NOT NULL,
    host TEXT NOT NULL,
    program_version TEXT NOT NULL,
    files TEXT NOT NULL CHECK (json_valid(files))
) STRICT;
INSERT INTO session VALUES(1,1,'2026-11-26T18:18:03Z','2026-11-26T18:18:03Z','left',22877,'370f7cf7-c392-4492-8703-169707d900da','pid:[4026531836]','7912699','machine','0.1.0','{}');
CREATE TABLE extension (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES study (id),
    created TEXT NOT NULL,
    pulls INTEGER NOT NULL CHECK (pulls >= 0),
    purse INTEGER CHECK (purse >= 1),
    max_pulls INTEGER CHECK (max_pulls >= 1)
) STRICT;
CREATE TABLE comparison (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    created TEXT NOT NULL,
    spec TEXT NOT NULL CHECK (json_valid(spec)),
    command_line TEXT NOT NULL,
    program_version TEXT NOT NULL,
    host TEXT NOT NULL
) STRICT;
INSERT INTO comparison VALUES(1,'duel','2026-11-26T18:18:03Z','{"blocks":3,"contestants":[{"family":"particleSwarm","name":"particleSwarm"},{"family":"nelderMead","name":"nelderMead"}],"problems":[{"budgets":[200],"instances":[1,2,3],"manifest":{"catalogue":{"dimension":2,"instance":1,"name":"sphere"}}}],"seed":1}','["knee","compare","sphere","--dimension","2","--families","particleSwarm,nelderMead","--blocks","3","--evaluations","200","--ledger","l.sqlite","--name","duel"]','0.1.0','machine');
CREATE TABLE compared_search (
    id INTEGER PRIMARY KEY,
    comparison_id INTEGER NOT NULL REFERENCES comparison (id),
    contestant TEXT NOT NULL,
    problem INTEGER NOT NULL CHECK (problem >= 0),
    block INTEGER NOT NULL CHECK (block >= 0),
    budget INTEGER NOT NULL CHECK (budget >= 1),
    configuration TEXT NOT NULL CHECK (json_valid(configuration)),
    evaluations INTEGER NOT NULL CHECK (evaluations BETWEEN 1 AND budget),
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'undefined')),
    best REAL CHECK ((outcome = 'ok') = (best IS NOT NULL)),
    best_point TEXT CHECK ((outcome = 'ok') = (best_point IS NOT NULL) AND json_valid(coalesce(best_point, '[]'))),
    failures INTEGER NOT NULL CHECK (failures BETWEEN 0 AND evaluations),
    seconds REAL NOT NULL CHECK (seconds >= 0),
    improvements BLOB NOT NULL,
    UNIQUE (comparison_id, contestant, problem, block, budget)
) STRICT;
INSERT INTO compared_search VALUES(1,1,'particleSwarm',0,0,200,'{"boundary":"reflect","inertia":"constant:0.7298","rule":"inertiaWeight:1.49618","swarmSize":40,"topology":"global"}',200,'ok',6.8119146519880668932,'[-15.331416497543572,1.6204903726134319]',0,0.00010019700000000000307,X'01d12192bcfbe4b5400181eba5c044bd89401ae8bf29318cdb80400129095690ea0b4b402f0283ab87c84a2a404456baf58d663f1b40');
INSERT INTO compared_search VALUES(2,1,'nelderMead',0,0,200,'{"boundary":"none","family":"nelderMead","inertia":"none","rule":"none","swarmSize":1,"topology":"none"}',200,'ok',3.2196125442401741898e-14,'[-17.692509056582146,2.7327654659857252]',0,6.7014999999999994495e-05,X'01d12192bcfbe4b5400110fc56b252c7ac40029c9db63b711fa140013195ff395cf4904002a900ecde8d914c40083f01c6b1f3f34440021a3edc42a19f3a4002050d61880060f43f07f399fd4203b3ec3f02097f139b2c87cf3f02cdad46dd082acd3f0280dbd0207107ba3f023c33bcf64b4f973f06480d4d8a0348733f040db0550f7bcb703f01198a04acdc76413f03d68bae53860d403f044675adf643f81c3f0204f1754f92b4063f042321caf79285f13e02187245d50490e33e028f32dbc56341d43e0225ec665476c1ca3e02ce470ad9ab0ab33e02f0bdca38a1f3a03e04eaf0951a6bb8863e02785acdee0b6f843e028a483d2ea9ab733e0294b167b0b70e6b3e012a3a86d1e4385f3e03bcedce372fa6533e023548695a2773423e0261f715b55436213e037a834eba4f7a093e043671e677eee9f73d022471be36d0fbf63d02a552e434b065d63d036c32002998bdcd3d031d8e073baee2a83d06ee48ac945c40963d024bda860b1461613d08ecbd555ff31f223d');
INSERT INTO compared_search VALUES(3,1,'particleSwarm',0,1,200,'{"boundary":"reflect","inertia":"constant:0.7298","rule":"inertiaWeight:1.49618","swarmSize":40,"topology":"global"}',200,'ok',20.733422095158715592,'[8.181514988945295,3.1334847338333844]',0,0.00016414800000000000115,X'010cca0ba183b278402ae7305fa3dc916a400a96441f97e2994d4010b6c9da6cbd1b3e4035d8dee88cc1bb3440');
INSERT INTO compared_search VALUES(4,1,'nelderMead',0,1,200,'{"boundary":"none","family":"nelderMead","inertia":"none","rule":"none","swarmSize":1,"topology":"none"}',200,'ok',1.0513818161004669373e-12,'[3.64525855445196,3.5281891973918107]',0,0.0001094750000000000047,X'010cca0ba183b2784001d8943660c8c06640024a62835da0ef524003caa63db0b6f040400216897c361dfb334002807489c1c64e2a400282de37589b2710400240102f8f22a6fd3f047abc8bc9c0a7e63f04b1f47550bd53d13f01d72b8bcae217c63f03463e55f7d05ac03f029af300291dea893f067c9cfdf259727b3f020f020bb174c1663f027d217b9f51e75d3f02d3567e0436d33f3f04e0a1ed89ee0d353f0313c0cabba2f5153f02225469f631430d3f02ba2e5aa2757a003f020423eedcf274f43e02d906b90f9ce3ea3e02dec2b3274fb8da3e02026c10a26771a23e078f02541925938f3e02434c1afb1c62743e0216fae1988edc723e02cd1233135455533e02a2df3ebc28862d3e0655a8888ae004113e024a942efe6aa3f13d04f2662f0fcfd2eb3d02145d9e95b4a8e53d02653c363ef8ab9f3d0929c1156d16038e3d02b5f3ff93b476733d03cad290b4007f723d');
INSERT INTO compared_search VALUES(5,1,'particleSwarm',0,2,200,'{"boundary":"reflect","inertia":"constant:0.7298","rule":"inertiaWeight:1.49618","swarmSize":40,"topology":"global"}',200,'ok',22.481260302877643653,'[20.407314984197804,-28.662648875519302]',0,0.00011518600000000000474,X'0175d4da876da6a2400a7606ec40410a9740073c057cb82f0e944012e8e5e04b1a0a7f4012e65c4aaef087764003f6742843dec853401b3ad4f09160374d40485f731278cc303f4001f8b80de0337b3640');
INSERT INTO compared_search VALUES(6,1,'nelderMead',0,2,200,'{"boundary":"none","family":"nelderMead","inertia":"none","rule":"none","swarmSize":1,"topology":"none"}',200,'ok',2.9627009432589720043e-13,'[21.735915705666947,-33.21414152985042]',0,0.00010031799999999999734,X'0175d4da876da6a24001853bfdcedc7e904002e7d97310fd2a814001be9e698484d47d400126e987818b9c75400308b2ed3efbf36640016e1ba9e424104a4005982427ad189d344002c4e8ab371685254002ba86a15b77081c4002167d3234f920fe3f047c60265b6d8af63f026e7daa1d3d4be43f026799a02265d4d23f023298b8d66b29bb3f03aaeba825b430863f06d843de65c971723f02be1596804a0d673f027137494e74f4573f02c47cfc0352e9513f028bbf57b7af90363f024e40c2709daa353f01cd290e9b794e2e3f0394268bee5c2f023f067d8163e17b43d13e022b0cb919a575cc3e049307e11b834bb13e02421923df6fae983e04616751b82305883e020a92212d3e0d643e0697b095ce08f7433e040da1db626b9c403e0153a9aed18346103e0705bd2a47d900f03d02ccb85f239c10df3d04c4ac3aed9bdaca3d028ee15699b799a53d0490d46692c189933d0266d469dd18348e3d022eacc3838fdf673d06488fd4a620d9543d');
CREATE TRIGGER pull_is_spent AFTER INSERT ON pull BEGIN
    UPDATE study SET spent = spent + NEW.evaluations, pulls = pulls + 1 WHERE id = NEW.study_id;
END;
CREATE INDEX verdict_of_study ON verdict (study_id, id);
CREATE VIEW v_trace AS
    SELECT study.name AS study, number, checkpoint.evaluations, checkpoint.outcome, checkpoint.best
    FROM checkpoint JOIN pull ON pull.id = pull_id JOIN study ON study.id = study_id;
CREATE VIEW v_knee AS
    SELECT study.name AS study, verdict.created, stop, verdict.pulls,
        json_extract(verdict, '$.knee.budget') AS knee,
        json_extract(verdict, '$.knee.low') AS low, json_extract(verdict, '$.knee.high') AS high,
        json_extract(verdict, '$.arm.configuration.swarmSize') AS swarm_size,
        json_extract(verdict, '$.arm.configuration.inertia') AS inertia,
        json_extract(verdict, '$.arm.configuration.topology') AS topology,
        json_extract(verdict, '$.isSure') AS is_sure
    FROM verdict JOIN study ON study.id = study_id WHERE verdict IS NOT NULL;
CREATE VIEW v_spend AS
    SELECT study.name AS study, number, evaluations,
        sum(evaluations) OVER (PARTITION BY study_id ORDER BY number) AS spent_so_far, seconds
    FROM pull JOIN study ON study.id = study_id;
CREATE VIEW v_pull AS
    SELECT study.name AS study, number, swarm_size, inertia, topology, velocity_rule, boundary_rule, budget,
        evaluations, outcome, best, best_point, failures, failure_outcome, failure_evidence, propensity, seconds,
        evaluation_seconds
    FROM pull JOIN study ON study.id = study_id;
CREATE VIEW v_failure AS
    SELECT study.name AS study, number, failure.evaluation, failure.outcome, failure.evidence, failure.point
    FROM failure JOIN pull ON pull.id = pull_id JOIN study ON study.id = study_id;
CREATE TRIGGER fresh_search_is_spent AFTER INSERT ON fresh_search WHEN NEW.is_charged BEGIN
    UPDATE study SET spent = spent + NEW.evaluations WHERE id = NEW.study_id;
END;
CREATE VIEW v_study AS
    SELECT name AS study, problem_label AS problem, study.created, pulls, spent AS evaluations, purse, stop,
        coalesce(
            (SELECT json_extract(confirmation, '$.confirmation.median') FROM confirmation
                WHERE confirmation.study_id = study.id
                    AND json_extract(confirmation, '$.arm.index') = json_extract(verdict, '$.arm.index')
                ORDER BY confirmation.id DESC LIMIT 1),
            json_extract(verdict, '$.knee.budget')) AS knee,
        json_extract(verdict, '$.isSure') AS is_sure, program_version, host, command_line
    FROM study LEFT JOIN (SELECT study_id, stop, verdict, max(id) FROM verdict GROUP BY study_id) ON study_id = study.id;
CREATE VIEW v_fresh AS
    SELECT study.name AS study, arm, number, budget, fresh_checkpoint.evaluations, outcome, best, is_charged
    FROM fresh_checkpoint JOIN fresh_search ON fresh_search.id = search_id JOIN study ON study.id = study_id;
CREATE UNIQUE INDEX session_open ON session (study_id) WHERE ended IS NULL;
CREATE INDEX session_of_study ON session (study_id, id);
CREATE INDEX extension_of_study ON extension (study_id, id);
CREATE INDEX confirmation_of_study ON confirmation (study_id, id);
CREATE VIEW v_session AS
    SELECT session.id, study.name AS study, begun, ended, how, pid, boot, namespace, started, session.host,
        session.program_version, files
    FROM session JOIN study ON study.id = study_id;
CREATE VIEW v_comparison AS
    SELECT comparison.name AS comparison, contestant, problem,
        json_extract(spec, '$.problems[' || problem || '].manifest') AS manifest, block, budget, evaluations, outcome,
        compared_search.best, failures, seconds
    FROM compared_search JOIN comparison ON comparison.id = comparison_id;
