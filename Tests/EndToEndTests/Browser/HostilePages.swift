import Foundation
import Testing

extension BrowserTests {
    /// What a name, a command or its standard error may say.
    private static let hostile = [
        ["<script>window.pwned=1</script>", #""><img src=x onerror=window.pwned=1>"#],
        ["javascript:window.pwned=1", "]]>--><!--"],
        ["</title></svg></style><script>window.pwned=1</script>", "&lt;b&gt;&#60;i&#62;"],
    ]

    /// An objective that fails now and then, and in the end always, and says why.
    private func writeObjective() throws {
        try program.write(
            #"""
            #!/bin/sh
            n=0
            [ -e "asked-$1" ] && read -r n < "asked-$1"
            echo $((n += 1)) > "asked-$1"
            [ $n -gt 200 ] || [ $((n % 50)) = 49 ] && echo "said $2 $3" >&2 && exit 3
            echo "$4"
            """#, to: "f", executable: true)
    }

    /// Opens a page, looks at every chart, and expects these texts, as texts.
    private func expectHarmless(
        _ html: String, telling texts: [String], picture name: String
    ) throws {
        let page = try open(html, Look(width: 800, scheme: .light))
        try page.unfold()
        try browser.screenshot(to: picture(name))
        var visible = plain(try page.text())
        for text in texts {
            #expect(visible.contains(text), "\(name)")
            // What is a part of another has to be there by itself.
            visible = visible.replacing(text, with: "")
        }
        for chart in try page.charts() {
            try browser.scroll(to: chart.svg)
            for mark in try page.reachableMarks(of: chart) {
                try browser.point(at: mark.element)
                #expect(try page.tip(awaiting: [mark.tip]) == Page.Tip(text: mark.tip), "\(name): \(chart.name)")
            }
        }
        #expect(try page.injections() == [], "\(name)")
        #expect(try page.overflows() == [], "\(name)")
        try expectSilence(name)
    }

    private static let space = [
        "--bounds", "-5,5", "--dimension", "2", "--floor", "25", "--ceiling", "100", "--swarm-sizes", "5,10",
    ]

    @Test("shows what names, commands and their errors say, and does not do it")
    func hostileStudy() throws {
        try writeObjective()
        for (number, texts) in Self.hostile.enumerated() {
            let said = texts.joined(separator: " ")
            let name = #"x"onload="window.pwned=1"'"# + said.filter { !$0.isWhitespace && $0 != "/" }
            let learned = try program.start(
                ["learn", "--study", name, "--max-evaluations", "800", "--abort-after", "7", "--workers", "1"]
                    + Self.space + ["--env", "NOTE=\(said)", "--quiet", "--", "./f", "\(number)"] + texts + ["{x}"]
            ).finish()
            #expect(learned.code == 4, "\(learned.errors)")
            try expectHarmless(
                Self.page("again.html", of: name, by: program), telling: [name, "said \(said)"] + texts,
                picture: "hostile-\(number)")
        }
    }

    @Test("shows what the commands of a sweep say, and does not do it")
    func hostileSweep() throws {
        try writeObjective()
        let studies = try Self.hostile.enumerated().map { number, texts in
            let words = try JSONSerialization.data(
                withJSONObject: ["./f", "\(number)"] + texts + ["{x}"], options: .withoutEscapingSlashes)
            return "  - { name: n\(number), command: \(String(decoding: words, as: UTF8.self)) }"
        }
        try program.write(
            """
            name: night
            defaults:
              bounds: [-5, 5]
              dimension: 2
              floor: 25
              ceiling: 100
              swarm-sizes: [5, 10]
              max-evaluations: 800
              abort-after: 7
            studies:
            \(studies.joined(separator: "\n"))
            """, to: "night.yaml")
        let outcome = try program.run("sweep", "night.yaml", "--quiet", "--workers", "1")
        #expect(outcome.code == 4, "\(outcome.errors)")
        try expectHarmless(
            String(contentsOfFile: program.path("runs/night/report.html"), encoding: .utf8),
            telling: Self.hostile.map { "said \($0.joined(separator: " "))" }, picture: "hostile-sweep")
    }
}
