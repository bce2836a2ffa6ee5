import Foundation

/// How everything looks: the one place for colours, type and sizes.
package enum Style {
    // MARK: Sizes of a drawing, in pixels

    static let fontSize = 12.0
    static let smallSize = 10.5
    static let titleSize = 16.0
    /// Width of a character over the size of its font, on average; digits and capitals are wider than the mean letter.
    static let characterWidth = 0.58
    static let lineHeight = 15.0
    /// Widths that every chart is drawn at: for wide pages and for phones.
    static let wide = 760.0
    static let narrow = 336.0
    /// Narrower pages show the latter.
    static let breakpoint = 640

    static func width(of text: String, size: Double = fontSize) -> Double {
        Double(text.count) * characterWidth * size
    }

    // MARK: Colours

    /// A value from 0 to 1 in equal steps of lightness, for the colour-blind too: viridis.
    ///
    /// - SeeAlso: Smith & van der Walt (2015), matplotlib's default colour maps; in the public domain.
    static func shade(_ value: Double) -> (red: Int, green: Int, blue: Int) {
        let place = min(1, max(0, value)) * Double(viridis.count - 1)
        let index = min(viridis.count - 2, Int(place))
        let share = place - Double(index)
        let mix = { (a: Int, b: Int) in Int((Double(a) + share * Double(b - a)).rounded()) }
        let (low, high) = (viridis[index], viridis[index + 1])
        return (mix(low.0, high.0), mix(low.1, high.1), mix(low.2, high.2))
    }

    /// Whether black is easier to read on it than white: by the ratios of luminances.
    static func isLight(_ value: Double) -> Bool {
        let colour = shade(value)
        let linear = [colour.red, colour.green, colour.blue].map { part -> Double in
            let part = Double(part) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.179
    }

    static func hex(_ value: Double) -> String {
        let colour = shade(value)
        return "#"
            + [colour.red, colour.green, colour.blue].map {
                let digits = String($0, radix: 16)
                return digits.count < 2 ? "0" + digits : digits
            }.joined()
    }

    private static let viridis = [
        (68, 1, 84), (72, 40, 120), (62, 73, 137), (49, 104, 142), (38, 130, 142), (31, 158, 137), (53, 183, 121),
        (110, 206, 88), (181, 222, 43), (253, 231, 37),
    ]

    static let seriesCount = 6

    /// The class of an ink; nil for a shade, which is written out.
    static func name(_ ink: Ink) -> String? {
        switch ink {
        case .belief: "belief"
        case .observed: "observed"
        case .answer: "answer"
        case .faint: "faint"
        case .series(let index): "series\(index % seriesCount)"
        case .shade: nil
        }
    }

    /// Colours that are told apart with every kind of colour vision, and read as text on their page. Those of series were
    /// searched for at random under these conditions; a test measures them.
    private static let light = """
        --page:#ffffff;--text:#1d2733;--soft:#57626f;--line:#e3e7ec;--axis:#8a949f;--belief:#1f5fa8;
        --observed:#56616d;--answer:#b3261e;--faint:#8a949f;--tipback:#1d2733;--tiptext:#ffffff;--series0:#1f5fa8;
        --series1:#af5c68;--series2:#757a0a;--series3:#7c10ff;--series4:#0f3400;--series5:#4a1a42
        """
    private static let dark = """
        --page:#12161b;--text:#e8ecf1;--soft:#a3aebb;--line:#2a323b;--axis:#6f7b88;--belief:#74b3f5;
        --observed:#a9b4c0;--answer:#ff8a7a;--faint:#7c8894;--tipback:#e8ecf1;--tiptext:#12161b;--series0:#74b3f5;
        --series1:#cf6d24;--series2:#ffd606;--series3:#11ffea;--series4:#d3f29f;--series5:#928670
        """

    /// The colours of series, on white or in the dark.
    package static func seriesColours(inDark: Bool) -> [String] {
        (0..<seriesCount).compactMap { index in
            (inDark ? dark : light).components(separatedBy: ";").first { $0.contains("--series\(index):") }
                .map { String($0.suffix(7)) }
        }
    }

    /// The colour of an ink on white.
    static func lightColour(_ ink: Ink) -> String {
        let entry = name(ink).flatMap { name in light.components(separatedBy: ";").first { $0.contains("--\(name):") } }
        return entry.map { String($0.suffix(7)) } ?? "#1d2733"
    }

    /// Of drawings, with or without a page around them.
    static let drawing: String = {
        let inks = ["belief", "observed", "answer", "faint"] + (0..<seriesCount).map { "series\($0)" }
        let rules = inks.flatMap { ink in
            [
                ".line.\(ink){stroke:var(--\(ink))}", ".fill.\(ink){fill:var(--\(ink))}",
                "text.\(ink){fill:var(--\(ink))}",
            ]
        }
        return """
            svg{font:\(Int(fontSize))px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
            svg text{fill:var(--soft)}svg .small{font-size:\(smallSize)px}svg .bold{font-weight:600}svg text.title{font-size:\(Int(titleSize))px;font-weight:600;fill:var(--text)}
            .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.line.thin{stroke-width:1;opacity:.4}
            .line.dashed{stroke-width:1.5;stroke-dasharray:5 3}.area{opacity:.18;stroke:none}.strip{opacity:.1;stroke:none}
            .grid{stroke:var(--line)}.tick{stroke:var(--axis)}.plain{fill:none;stroke:var(--axis)}
            .chosen{fill:none;stroke:#b3261e;stroke-width:3}.shaded{stroke:var(--axis);stroke-width:.5}.hatch{stroke-width:1;opacity:.45}.hatch.dark{stroke:#10151a;opacity:.3}.hatch.bright{stroke:#fff}
            svg text.dark{fill:#10151a}svg text.bright{fill:#fff}svg:focus-visible{outline:2px solid var(--belief)}
            svg .inside{paint-order:stroke;stroke:var(--page);stroke-width:3px;stroke-linejoin:round}
            .mark.hidden{opacity:0}.mark.on{stroke:var(--text);stroke-width:2}.mark.hidden.on{opacity:1}
            """ + rules.joined()
    }()

    static let variables = """
        :root{color-scheme:light dark;\(light)}
        @media (prefers-color-scheme:dark){:root{\(dark)}}
        @media print{:root{\(light);color-scheme:light}}
        """

    /// Of a drawing that stands alone.
    static let alone = variables + drawing + "svg{background:var(--page)}"

    /// Of pages.
    static let page = """
        *{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main,footer{max-width:1640px;margin:0 auto;padding:20px 16px}h1{font-size:1.05rem;font-weight:600;margin:0;color:var(--soft)}
        #verdict{font-size:1.6rem;line-height:1.25;font-weight:650;margin:.2em 0 .6em;max-width:46em}
        h1,p,dd,td,th,summary,h2,pre{overflow-wrap:anywhere}
        dl{display:grid;grid-template-columns:minmax(6.5em,max-content) minmax(0,1fr);gap:.15em 1em;margin:0 0 1em;max-width:60em}
        dt{color:var(--soft)}dd{margin:0}code,pre{font:.875rem/1.45 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace}
        pre{white-space:pre-wrap;margin:0;overflow-x:auto;padding:.6em .8em;border:1px solid var(--line);border-radius:6px}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,\(Int(wide))px),1fr));gap:28px 32px}
        .multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,\(Int(narrow))px),1fr));gap:24px}
        figure{margin:0;min-width:0;break-inside:avoid}h2{font-size:1.1rem;line-height:1.3;margin:0}
        .subtitle{color:var(--soft);margin:.1em 0 .4em;font-size:.9rem}figure svg{display:block;width:100%;height:auto}
        .wide{max-width:\(Int(wide * 1.15))px}.narrow{max-width:480px}.charts .narrow{display:none}
        @media (max-width:\(breakpoint)px){.charts .wide{display:none}.charts .narrow{display:block}}
        details{margin:.4em 0}summary{cursor:pointer;color:var(--soft);font-size:.9rem}
        .scroll{max-height:24em;overflow:auto}
        table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}
        th,td{padding:.15em .8em .15em 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600}
        .facts{margin:1.5em 0 0}.facts pre{white-space:pre}.facts td,.facts th{white-space:nowrap}a{color:var(--belief)}footer{color:var(--soft);font-size:.85rem}
        #tip{position:fixed;z-index:2;pointer-events:none;max-width:min(20em,90vw);padding:.3em .6em;border-radius:5px;background:var(--tipback);color:var(--tiptext);font-size:.85rem;line-height:1.35;white-space:pre-line}
        #tip[hidden]{display:none}
        @media print{main,footer{max-width:none;padding:0}.charts{grid-template-columns:1fr}.charts .wide{display:block;max-width:640px}.charts .narrow{display:none}.scroll{max-height:none;overflow:visible}#tip{display:none}.facts pre{white-space:pre-wrap}.facts td,.facts th{white-space:normal}}
        """
}
