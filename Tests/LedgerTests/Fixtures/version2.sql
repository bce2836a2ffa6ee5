PRAGMA application_id = 1265526117;
PRAGMA user_version = 2;
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
    seconds REAL NOT NULL CHECK (seconds >= 0), evaluation_seconds REAL NOT NULL DEFAULT 0 CHECK (evaluation_seconds >= 0), retest TEXT CHECK (json_valid(coalesce(retest, '{}'))),
    UNIQUE (study_id, number)
) STRICT;
CREATE TABLE checkpoint (
    pull_id INTEGER NOT NULL REFERENCES pull (id),
    evaluations INTEGER NOT NULL CHECK (evaluations >= 1),
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'undefined')),
    best REAL CHECK ((outcome = 'ok') = (best IS NOT NULL)),
    PRIMARY KEY (pull_id, evaluations)
) STRICT, WITHOUT ROWID;
CREATE TABLE contender (
    pull_id INTEGER NOT NULL REFERENCES pull (id),
    place INTEGER NOT NULL CHECK (place >= 0),
    arm INTEGER NOT NULL CHECK (arm >= 0),
    draw REAL NOT NULL,
    mean REAL NOT NULL,
    utility_offset REAL NOT NULL,
    PRIMARY KEY (pull_id, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES study (id),
    created TEXT NOT NULL,
    stop TEXT NOT NULL,
    pulls INTEGER NOT NULL CHECK (pulls >= 0),
    verdict TEXT CHECK (verdict IS NULL OR json_valid(verdict))
, outage TEXT CHECK (json_valid(coalesce(outage, '{}')))) STRICT;
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
INSERT INTO "study" VALUES(1,'old','2026-11-26T00:38:33Z','{"command":{"batch":64,"box":{"lower":[-5,-5],"upper":[5,5]},"isNoisy":false,"protocolName":"plain","words":["./f.sh","{x}","{seed}"]}}','./f.sh {x} {seed}','{"goal":{"price":1},"lookAhead":4,"policy":"thompson","purse":90,"seed":1,"space":{"configurations":[{"boundary":"reflect","inertia":"constant:0.5","rule":"inertiaWeight:1.49618","swarmSize":5,"topology":"global"}],"floor":10,"levels":2}}',90,90,8,'["knee","learn","--bounds","-5,5","--dimension","2","--max-evaluations","90","--floor","10","--ceiling","20","--swarm-sizes","5","--inertias","0.5","--topologies","global","--study","old","--ledger","k.sqlite","--quiet","--","./f.sh","{x}","{seed}"]','0.1.0','vm');
INSERT INTO "pull" VALUES(1,1,0,0,5,'constant:0.5','global','inertiaWeight:1.49618','reflect',10,10,'budget','ok',7.14072500223609463176e-01,'[1.5926878325825693,-1.3976764712115375]',2,'failed','exit code 3; standard error: no licence',0.71875,0.049892375,0.0,NULL);
INSERT INTO "pull" VALUES(2,1,1,0,5,'constant:0.5','global','inertiaWeight:1.49618','reflect',10,10,'budget','ok',1.06433984630065103793e+00,'[2.015686282047347,-1.8191099152482693]',0,NULL,NULL,0.703125,0.062306583,0.0,NULL);
INSERT INTO "pull" VALUES(3,1,3,0,5,'constant:0.5','global','inertiaWeight:1.49618','reflect',10,10,'budget','ok',2.40040783324445783364e+00,'[1.7509848581932026,-3.3551492818169493]',1,'failed','exit code 3; standard error: no licence',0.6875,0.070228247,0.0,NULL);
INSERT INTO "pull" VALUES(4,1,2,1,5,'constant:0.5','global','inertiaWeight:1.49618','reflect',20,20,'budget','ok',2.14795110526036336917e-01,'[0.7801625075017027,-2.40800317084319]',2,'failed','exit code 3; standard error: no licence',0.25,0.126988991,0.0,NULL);
INSERT INTO "pull" VALUES(5,1,4,0,5,'constant:0.5','global','inertiaWeight:1.49618','reflect',10,10,'budget','ok',1.05252399135585790186e+01,'[0.024871680880526048,1.0942470287308685]',0,NULL,NULL,0.7421875,0.055822495,0.0,NULL);
INSERT INTO "pull" VALUES(6,1,5,0,5,'constant:0.5','global','inertiaWeight:1.49618','reflect',10,10,'budget','ok',1.74772549021946232983e+01,'[3.0410019944610704,1.64850185155504]',1,'failed','exit code 3; standard error: no licence',0.7265625,0.051879631,0.0,NULL);
INSERT INTO "pull" VALUES(7,1,6,0,5,'constant:0.5','global','inertiaWeight:1.49618','reflect',10,10,'budget','ok',0.795319565918574,'[1.0416733999460694,-1.1091673032182143]',1,'failed','exit code 3; standard error: no licence',0.6015625,0.057255431,0.0,NULL);
INSERT INTO "pull" VALUES(8,1,7,0,5,'constant:0.5','global','inertiaWeight:1.49618','reflect',10,10,'budget','ok',1.41797419871017482684e+00,'[1.69216507818397,-1.0310409176581534]',0,NULL,NULL,1.0,0.057167216,0.0,NULL);
INSERT INTO "checkpoint" VALUES(1,10,'ok',7.14072500223609463176e-01);
INSERT INTO "checkpoint" VALUES(2,10,'ok',1.06433984630065103793e+00);
INSERT INTO "checkpoint" VALUES(3,10,'ok',2.40040783324445783364e+00);
INSERT INTO "checkpoint" VALUES(4,10,'ok',2.14795110526036336917e-01);
INSERT INTO "checkpoint" VALUES(4,12,'ok',2.14795110526036336917e-01);
INSERT INTO "checkpoint" VALUES(4,14,'ok',2.14795110526036336917e-01);
INSERT INTO "checkpoint" VALUES(4,17,'ok',2.14795110526036336917e-01);
INSERT INTO "checkpoint" VALUES(4,20,'ok',2.14795110526036336917e-01);
INSERT INTO "checkpoint" VALUES(5,10,'ok',1.05252399135585790186e+01);
INSERT INTO "checkpoint" VALUES(6,10,'ok',1.74772549021946232983e+01);
INSERT INTO "checkpoint" VALUES(7,10,'ok',0.795319565918574);
INSERT INTO "checkpoint" VALUES(8,10,'ok',1.41797419871017482684e+00);
INSERT INTO "contender" VALUES(1,0,0,-1.03278248329015262529e-01,0.0,0.0);
INSERT INTO "contender" VALUES(1,1,1,-3.24010866436363509368e-01,0.0,-0.252313252202016);
INSERT INTO "contender" VALUES(2,0,0,-6.4906079090527746267e-01,0.0,0.0);
INSERT INTO "contender" VALUES(2,1,1,-6.82159710357699844429e-01,0.0,-0.252313252202016);
INSERT INTO "contender" VALUES(3,0,0,7.49549085452574259669e-01,0.0,0.0);
INSERT INTO "contender" VALUES(3,1,1,4.61867909840559087708e-01,0.0,-0.252313252202016);
INSERT INTO "contender" VALUES(4,0,1,7.19816809031528781481e-02,0.0,-0.252313252202016);
INSERT INTO "contender" VALUES(4,1,0,-2.81207344303782913463e-01,0.0,0.0);
INSERT INTO "contender" VALUES(5,0,0,-2.5901009838423977305e-01,0.0,0.0);
INSERT INTO "contender" VALUES(5,1,1,-2.30008341320985520983e-01,0.0,-0.252313252202016);
INSERT INTO "contender" VALUES(6,0,0,3.15431294518297822282e-01,0.0,0.0);
INSERT INTO "contender" VALUES(6,1,1,2.37010908566685801757e-01,0.0,-0.261754701098325);
INSERT INTO "contender" VALUES(7,0,0,-1.00849325171848747118e+00,-9.36176751849238653058e-01,0.0);
INSERT INTO "contender" VALUES(7,1,1,-7.46763565408748331009e-01,-7.66592166882807846128e-01,-2.7439653081438125648e-01);
INSERT INTO "contender" VALUES(8,0,0,-1.10092647490031714241e+00,-1.05114836068020700565e+00,0.0);
INSERT INTO "failure" VALUES(1,0,'failed','exit code 3; standard error: no licence','[]');
INSERT INTO "failure" VALUES(3,0,'failed','exit code 3; standard error: no licence','[]');
INSERT INTO "failure" VALUES(4,0,'failed','exit code 3; standard error: no licence','[]');
INSERT INTO "failure" VALUES(6,0,'failed','exit code 3; standard error: no licence','[]');
INSERT INTO "failure" VALUES(7,0,'failed','exit code 3; standard error: no licence','[]');
INSERT INTO "verdict" VALUES(1,1,'2026-11-26T00:38:33Z','purse',8,'{"aleatoricDeviation":0.492131528152544,"arm":{"budget":10,"configuration":{"boundary":"reflect","inertia":"constant:0.5","rule":"inertiaWeight:1.49618","swarmSize":5,"topology":"global"},"configurationIndex":0,"index":0,"level":0},"epistemicDeviation":0.1615329300769939,"expectedGainOfPerfectInformation":0.1736082605298353,"isSure":true,"knee":{"budget":10,"high":20,"low":10,"massAtCeiling":0.406,"massAtFloor":0.594},"meanScore":-1.2248036839116303,"observedMedian":1.241157022505413,"observedSearches":8}',NULL);
CREATE TRIGGER pull_is_spent AFTER INSERT ON pull BEGIN
    UPDATE study SET spent = spent + NEW.evaluations, pulls = pulls + 1 WHERE id = NEW.study_id;
END;
CREATE INDEX verdict_of_study ON verdict (study_id, id);
CREATE VIEW v_study AS
    SELECT name AS study, problem_label AS problem, created, pulls, spent AS evaluations, purse,
        stop, json_extract(verdict, '$.knee.budget') AS knee, json_extract(verdict, '$.isSure') AS is_sure,
        program_version, host, command_line
    FROM study LEFT JOIN (SELECT study_id, stop, verdict, max(id) FROM verdict GROUP BY study_id) ON study_id = study.id;
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
