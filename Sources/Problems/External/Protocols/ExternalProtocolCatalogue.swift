import Inner

/// Every protocol by name.
public enum ExternalProtocolCatalogue {
    public static let all = Catalogue<any ExternalProtocol>(
        "protocol",
        [
            .init("plain", "one process an evaluation; the last line of standard output is the value") { .plain },
            .init("jsonl", "one long-lived process a worker; a line of JSON asks for a batch, a line answers") {
                .jsonl
            },
            .init("irace", "COMMAND 1 1 SEED instance --x0 V ...; answers 'cost' or 'cost time'") { .irace },
            .init("smac", "COMMAND --seed=SEED --x0=V ...; answers 'cost=C; status=SUCCESS; ...'") { .smac },
            .init("aclib", "COMMAND --seed SEED --config -x0 V ...; 'Result of this algorithm run: {...}'") { .aclib },
        ])
}
