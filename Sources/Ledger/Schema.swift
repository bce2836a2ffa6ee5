import GRDB

/// The ledger's schema: append-only migrations, numbered by `user_version`.
enum Schema {
    /// "Knee" in ASCII: marks a SQLite file as a ledger.
    static let applicationID = 0x4B6E_6565
    static var version: Int { migrations.count }

    /// Migration i takes a ledger from version i to i + 1. Never edit one that has been released.
    static let migrations: [String] = [version1, version2, version3, version4, version5, version6, version7]

    private static let version1 = """
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
            seconds REAL NOT NULL CHECK (seconds >= 0),
            UNIQUE (study_id, number)
        ) STRICT;

        CREATE TRIGGER pull_is_spent AFTER INSERT ON pull BEGIN
            UPDATE study SET spent = spent + NEW.evaluations, pulls = pulls + 1 WHERE id = NEW.study_id;
        END;

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
        ) STRICT;
        CREATE INDEX verdict_of_study ON verdict (study_id, id);

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

        CREATE VIEW v_study AS
            SELECT name AS study, problem_label AS problem, created, pulls, spent AS evaluations, purse,
                stop, json_extract(verdict, '$.knee.budget') AS knee, json_extract(verdict, '$.isSure') AS is_sure,
                program_version, host, command_line
            FROM study LEFT JOIN (SELECT study_id, stop, verdict, max(id) FROM verdict GROUP BY study_id) ON study_id = study.id;

        CREATE VIEW v_pull AS
            SELECT study.name AS study, number, swarm_size, inertia, topology, velocity_rule, boundary_rule, budget,
                evaluations, outcome, best, best_point, failures, failure_outcome, failure_evidence, propensity, seconds
            FROM pull JOIN study ON study.id = study_id;

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
        """

    /// Every failed evaluation of a command with its evidence, what a command's evaluations took, and why it was out of
    /// reach; what fresh searches said about a knee.
    private static let version2 = """
        CREATE TABLE failure (
            pull_id INTEGER NOT NULL REFERENCES pull (id),
            evaluation INTEGER NOT NULL CHECK (evaluation >= 0),
            outcome TEXT NOT NULL
                CHECK (outcome IN ('undefined', 'failed', 'timedOut', 'unparsable', 'overMemory')),
            evidence TEXT CHECK (outcome = 'undefined' OR evidence IS NOT NULL),
            point TEXT NOT NULL CHECK (json_valid(point)),
            PRIMARY KEY (pull_id, evaluation)
        ) STRICT, WITHOUT ROWID;

        INSERT INTO failure SELECT id, 0, failure_outcome, failure_evidence, '[]' FROM pull
            WHERE failure_outcome IS NOT NULL;

        ALTER TABLE pull ADD COLUMN evaluation_seconds REAL NOT NULL DEFAULT 0 CHECK (evaluation_seconds >= 0);
        ALTER TABLE pull ADD COLUMN retest TEXT CHECK (json_valid(coalesce(retest, '{}')));
        ALTER TABLE verdict ADD COLUMN outage TEXT CHECK (json_valid(coalesce(outage, '{}')));

        CREATE TABLE confirmation (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            created TEXT NOT NULL,
            evaluations INTEGER NOT NULL CHECK (evaluations >= 1),
            confirmation TEXT NOT NULL CHECK (json_valid(confirmation))
        ) STRICT;

        DROP VIEW v_pull;
        CREATE VIEW v_pull AS
            SELECT study.name AS study, number, swarm_size, inertia, topology, velocity_rule, boundary_rule, budget,
                evaluations, outcome, best, best_point, failures, failure_outcome, failure_evidence, propensity, seconds,
                evaluation_seconds
            FROM pull JOIN study ON study.id = study_id;

        CREATE VIEW v_failure AS
            SELECT study.name AS study, number, failure.evaluation, failure.outcome, failure.evidence, failure.point
            FROM failure JOIN pull ON pull.id = pull_id JOIN study ON study.id = study_id;
        """

    /// Budgets that were open to a decision; fresh searches that confirm a verdict, charged to the purse or not.
    private static let version3 = """
        ALTER TABLE pull ADD COLUMN open_budgets INTEGER CHECK (open_budgets >= 1);

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

        CREATE TRIGGER fresh_search_is_spent AFTER INSERT ON fresh_search WHEN NEW.is_charged BEGIN
            UPDATE study SET spent = spent + NEW.evaluations WHERE id = NEW.study_id;
        END;

        CREATE TABLE fresh_checkpoint (
            search_id INTEGER NOT NULL REFERENCES fresh_search (id),
            evaluations INTEGER NOT NULL CHECK (evaluations >= 1),
            outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'undefined')),
            best REAL CHECK ((outcome = 'ok') = (best IS NOT NULL)),
            PRIMARY KEY (search_id, evaluations)
        ) STRICT, WITHOUT ROWID;

        DROP VIEW v_study;
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
        """

    /// Who works on a study, and who did; limits that were raised; what the recorded searches came to at a stop.
    private static let version4 = """
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
        CREATE UNIQUE INDEX session_open ON session (study_id) WHERE ended IS NULL;
        CREATE INDEX session_of_study ON session (study_id, id);

        CREATE TABLE extension (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            created TEXT NOT NULL,
            pulls INTEGER NOT NULL CHECK (pulls >= 0),
            purse INTEGER CHECK (purse >= 1),
            max_pulls INTEGER CHECK (max_pulls >= 1)
        ) STRICT;
        CREATE INDEX extension_of_study ON extension (study_id, id);

        ALTER TABLE verdict ADD COLUMN digest TEXT;
        ALTER TABLE verdict ADD COLUMN decisions_digest TEXT;
        CREATE INDEX confirmation_of_study ON confirmation (study_id, id);

        CREATE VIEW v_session AS
            SELECT session.id, study.name AS study, begun, ended, how, pid, boot, namespace, started, session.host,
                session.program_version, files
            FROM session JOIN study ON study.id = study_id;
        """

    /// Comparisons of families, and their searches.
    private static let version5 = """
        CREATE TABLE comparison (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
            created TEXT NOT NULL,
            spec TEXT NOT NULL CHECK (json_valid(spec)),
            command_line TEXT NOT NULL,
            program_version TEXT NOT NULL,
            host TEXT NOT NULL
        ) STRICT;

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

        CREATE VIEW v_comparison AS
            SELECT comparison.name AS comparison, contestant, problem,
                json_extract(spec, '$.problems[' || problem || '].manifest') AS manifest, block, budget, evaluations, outcome,
                compared_search.best, failures, seconds
            FROM compared_search JOIN comparison ON comparison.id = comparison_id;
        """

    /// The best points of fresh searches; what baselines of a composition found, and what mixtures came to on test examples.
    private static let version6 = """
        ALTER TABLE fresh_search ADD COLUMN best REAL;
        ALTER TABLE fresh_search ADD COLUMN best_point TEXT
            CHECK ((best IS NULL) = (best_point IS NULL) AND json_valid(coalesce(best_point, '[]')));

        -- Of a composition: the baselines that are asked for, between commas.
        ALTER TABLE study ADD COLUMN baselines TEXT;

        CREATE TABLE mixture_search (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            method TEXT NOT NULL,
            number INTEGER NOT NULL CHECK (number >= 0),
            budget INTEGER NOT NULL CHECK (budget >= 1),
            evaluations INTEGER NOT NULL CHECK (evaluations BETWEEN 0 AND budget),
            setting TEXT,
            best REAL,
            coefficients TEXT CHECK ((best IS NULL) = (coefficients IS NULL) AND json_valid(coalesce(coefficients, '[]'))),
            seconds REAL NOT NULL CHECK (seconds >= 0),
            UNIQUE (study_id, method, number, budget)
        ) STRICT;

        CREATE TABLE tested_mixture (
            id INTEGER PRIMARY KEY,
            study_id INTEGER NOT NULL REFERENCES study (id),
            created TEXT NOT NULL,
            coefficients TEXT NOT NULL CHECK (json_valid(coefficients)),
            value REAL,
            losses BLOB NOT NULL,
            searches INTEGER NOT NULL CHECK (searches >= 0),
            evidence TEXT CHECK ((value IS NULL) = (evidence IS NOT NULL)),
            UNIQUE (study_id, coefficients)
        ) STRICT;

        CREATE VIEW v_composition AS
            SELECT study.name AS study, method, number, budget, evaluations, setting, best AS validation,
                mixture_search.coefficients, value AS test, mixture_search.seconds
            FROM mixture_search JOIN study ON study.id = mixture_search.study_id
            LEFT JOIN tested_mixture ON tested_mixture.study_id = mixture_search.study_id
                AND tested_mixture.coefficients = mixture_search.coefficients;
        """

    /// Fresh searches have a best of their own since version 6, and `v_fresh` did not say whose it showed.
    private static let version7 = """
        DROP VIEW v_fresh;
        CREATE VIEW v_fresh AS
            SELECT study.name AS study, arm, number, budget, fresh_checkpoint.evaluations, outcome, fresh_checkpoint.best, is_charged
            FROM fresh_checkpoint JOIN fresh_search ON fresh_search.id = search_id JOIN study ON study.id = study_id;
        """
}
