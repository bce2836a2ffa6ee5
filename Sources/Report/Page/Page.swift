/// One file that holds everything it needs: style, script, drawings, tables.
enum Page {
    /// - Parameters:
    ///   - title: of the window.
    ///   - content: of its main part.
    static func render(_ title: String, _ content: [Markup]) -> String {
        let head = Markup(
            "head", [:],
            [
                Markup("meta", ["charset": "utf-8"]),
                Markup("meta", ["name": "viewport", "content": "width=device-width,initial-scale=1"]),
                Markup("meta", ["name": "generator", "content": "knee"]),
                // Nothing is fetched, whatever the page might hold.
                Markup(
                    "meta",
                    [
                        "http-equiv": "Content-Security-Policy",
                        "content":
                            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:",
                    ]),
                Markup("link", ["rel": "icon", "href": "data:,"]),
                Markup("title", text: title),
                Markup("style", [:], [.constant(Style.variables + Style.page + Style.drawing)]),
            ])
        let body = Markup(
            "body", [:],
            [
                Markup("main", [:], content),
                Markup("div", ["id": "tip", "role": "status", "hidden": ""]),
                Markup("script", [:], [.constant(PageScript.text)]),
            ])
        return "<!DOCTYPE html>\n" + Markup("html", ["lang": "en"], [head, body]).render() + "\n"
    }

    /// A chart at both widths, with its table.
    static func figure(_ chart: Chart) -> Markup {
        Markup(
            "figure", ["class": "chart", "id": "chart-" + chart.name],
            [
                Markup("h2", text: chart.title), Markup("p", ["class": "subtitle"], text: chart.subtitle),
                Markup("div", ["class": "wide"], [SVG.draw(chart, width: Style.wide)]),
                Markup("div", ["class": "narrow"], [SVG.draw(chart, width: Style.narrow)]), table(chart),
            ])
    }

    /// What a chart shows, closed until it is asked for.
    static func table(_ chart: Chart) -> Markup {
        Markup(
            "details", [:], [Markup("summary", text: "The same as a table")] + table(chart.table, label: chart.title))
    }

    /// A table that scrolls by itself where it is too wide, and its note.
    static func table(_ table: DataTable, label: String) -> [Markup] {
        let header = Markup("tr", [:], table.header.map { Markup("th", ["scope": "col"], text: $0) })
        let rows = table.rows.map { Markup("tr", [:], $0.map { Markup("td", text: $0) }) }
        return [
            Markup(
                "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": label],
                [Markup("table", [:], [Markup("thead", [:], [header]), Markup("tbody", [:], rows)])])
        ] + (table.note.map { [Markup("p", ["class": "subtitle"], text: $0)] } ?? [])
    }

    static func facts(_ facts: [(String, Markup)]) -> Markup {
        Markup("dl", [:], facts.flatMap { [Markup("dt", text: $0.0), Markup("dd", [:], [$0.1])] })
    }
}
