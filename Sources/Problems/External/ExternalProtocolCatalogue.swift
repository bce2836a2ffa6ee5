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
        ])
}
