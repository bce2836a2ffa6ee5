import Subprocess

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A program to start, in a process group of its own: a Ctrl-C in the terminal does not reach it, our signals reach all
/// of it.
///
/// A descendant that leaves the group (`setsid`) is out of reach.
struct ChildProcess: Sendable {
    /// What `findExecutable` found, from the root.
    let path: String
    /// How the program is told it was called.
    let name: String
    let setting: ProcessSetting
    /// What a program may take to end after TERM; then comes KILL.
    let grace: Duration

    func configuration(_ arguments: [String]) -> Configuration {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [terminateGroup]
        return Configuration(
            executable: .path(.init(path)),
            arguments: Arguments(executablePathOverride: name, remainingValues: arguments),
            environment: .custom(setting.environment), workingDirectory: setting.folder.map { .init($0) },
            platformOptions: options)
    }

    /// Waits before a program that is being written is started once more; about half a second in all.
    private static let waitsWhileBusy = (0..<9).map { Duration.milliseconds(1 << $0) }

    /// Starts a run, and once more if the program is still open for writing.
    ///
    /// Whoever wrote it need not be at fault: a process that is being started elsewhere holds all descriptors of its
    /// parent until it has become another program.
    func launched<Result>(_ run: () async throws -> Result) async throws -> Result {
        for wait in Self.waitsWhileBusy {
            do {
                return try await run()
            } catch let error as SubprocessError where error.underlyingError?.rawValue == ETXTBSY {
                guard (try? await Task.sleep(for: wait)) != nil else { throw error }
            }
        }
        return try await run()
    }

    private var terminateGroup: TeardownStep {
        .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace)
    }

    /// Returns when the program has ended, having waited `patience` for it to end by itself, and kills what it leaves
    /// behind.
    ///
    /// To be called at the end of a run's body: until that returns the group's number cannot become anybody else's.
    /// In a cancelled task the run's own teardown is at work, and here we only wait for it.
    func end<I, O, E>(_ execution: Execution<I, O, E>, after patience: Duration) async {
        await execution.teardown(using: [Self.wait(Task.isCancelled ? Self.forever : patience), terminateGroup])
        try? execution.send(signal: .kill, toProcessGroup: true)
        RunningGroups.remove(execution.processIdentifier.value)
    }

    /// To be called at the start of a run's body, in which `end` is called at the end.
    func begin<I, O, E>(_ execution: Execution<I, O, E>, _ watch: Watch) {
        watch.group = execution.processIdentifier.value
        RunningGroups.add(execution.processIdentifier.value)
    }

    /// Returns when the program has ended.
    func awaitEnd<I, O, E>(_ execution: Execution<I, O, E>) async {
        await execution.teardown(using: [Self.wait(Self.forever)])
    }

    private static func wait(_ duration: Duration) -> TeardownStep {
        .send(signal: Signal(rawValue: 0), allowedDurationToNextStep: duration)
    }

    static let forever = Duration.seconds(1_000_000_000)
}

/// Returns when no process of the group is left; killed ones take a moment. Gives up on zombies that nobody collects.
func awaitEmptyGroup(_ group: ProcessIdentifier) async {
    await Task {
        for _ in 0..<100 where kill(-group.value, 0) == 0 { try? await Task.sleep(for: .milliseconds(1)) }
    }.value
}

/// Makes a write to a program that has ended an error instead of the end of this process. Programs that we start are
/// not affected, and a handler that somebody else has set stays.
func ignoreBrokenPipes() { _ = brokenPipesIgnored }

private let brokenPipesIgnored: Void = {
    var old = sigaction()
    guard sigaction(SIGPIPE, nil, &old) == 0 else { return }
    #if canImport(Darwin)
        let isDefault = old.__sigaction_u.__sa_handler == nil
    #else
        let isDefault = old.__sigaction_handler.sa_handler == nil
    #endif
    if isDefault { signal(SIGPIPE, SIG_IGN) }
}()
