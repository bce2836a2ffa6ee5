import Foundation

/// What is looked for in the page that a browser has open. Findings are sentences; there should be none.
struct Page {
    let browser: Browser

    /// A mark that tells its value.
    struct Mark: Decodable {
        let tip: String
        let element: Browser.Element
    }

    struct Tip: Decodable, Equatable {
        var text: String?
        var isInside = true
    }

    /// The chart of each figure that is displayed, whichever of its two forms that is.
    struct Chart: Decodable {
        let name: String
        let svg: Browser.Element
        /// What its marks tell, in order.
        let tips: [String]
    }

    /// What the scripts share.
    private static let common = #"""
        const root = document.documentElement
        const main = document.querySelector('main') ?? document.body
        const shown = e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        const plain = text => (text ?? '').replace(/\s+/g, ' ').trim()
        const named = e => e.localName + (e.id ? '#' + e.id : '')
            + (e.getAttribute('class') ? '.' + e.getAttribute('class').trim().replace(/\s+/g, '.') : '')
            + (plain(e.textContent) ? ` '${plain(e.textContent).slice(0, 40)}'` : '')
        const figures = [...document.querySelectorAll('figure.chart')]
        const svgs = [...main.querySelectorAll('svg')].filter(shown)
        const svgOf = figure => [...figure.querySelectorAll('.wide svg, .narrow svg')].filter(shown)[0]
        const marksOf = svg => [...svg.querySelectorAll('[data-tip]')].filter(shown)
        const found = []

        """#

    private func findings(_ script: String) throws -> [String] {
        try browser.execute(Self.common + script + "\nreturn found")
    }

    /// The visible text of an element, or of the whole page.
    func text(_ selector: String = "body") throws -> String {
        let text: String? = try browser.execute(
            Self.common + "return document.querySelector(arguments[0])?.innerText", selector)
        return text ?? ""
    }

    func element(_ selector: String) throws -> Browser.Element? {
        try browser.execute("return document.querySelector(arguments[0])", selector)
    }

    /// Opens what is folded up: the tables.
    func unfold() throws {
        try browser.execute("for (const e of document.querySelectorAll('details')) e.open = true")
    }

    func background() throws -> String {
        try browser.execute(Self.common + Self.colours + "return String(backdrop(document.body))")
    }

    /// What the page has loaded beside itself.
    func loaded() throws -> [String] {
        try findings("for (const e of performance.getEntriesByType('resource')) found.push(e.name)")
    }

    // MARK: - Charts

    /// What is missing in a chart of the page.
    ///
    /// - Parameter isSmall: whether charts have a single form, for every width.
    func incompleteCharts(isSmall: Bool) throws -> [String] {
        try findings(
            "const isSmall = \(isSmall)\n" + #"""
                const form = window.innerWidth > 640 ? 'wide' : 'narrow'
                for (const figure of figures) {
                    const want = (what, holds) => { if (!holds) found.push(`${figure.id}: ${what}`) }
                    want('an id that begins with chart-', figure.id.startsWith('chart-'))
                    for (const part of ['h2', '.subtitle', 'details > summary']) {
                        const e = figure.querySelector(part)
                        want(part, e && shown(e) && plain(e.textContent))
                    }
                    want('a table with values', figure.querySelector('details table td'))
                    const all = [...figure.querySelectorAll('svg')].filter(shown)
                    want('one svg is displayed', all.length === 1)
                    // Small multiples have one form only.
                    if (!isSmall) want(`the ${form} svg is displayed`, all[0]?.closest('.' + form))
                    for (const svg of all) {
                        want('role img', svg.getAttribute('role') === 'img')
                        want('a label', plain(svg.getAttribute('aria-label')))
                        want('no title, which would be a second tooltip', !svg.querySelector('title'))
                        want('the focus in its turn', svg.tabIndex === 0)
                        want('a mark of some size', [...svg.querySelectorAll('.mark')].some(e => {
                            const r = e.getBoundingClientRect()
                            return shown(e) && Math.max(r.width, r.height) > 0
                        }))
                        want('a mark that tells its value', marksOf(svg).length > 0)
                        want('only values that say something', marksOf(svg).every(e => plain(e.dataset.tip)))
                    }
                }
                """#)
    }

    /// What is missing in the page as it is written, before its script runs, and what it would load.
    func incompleteSource(_ html: String) throws -> [String] {
        try browser.execute(
            Self.common + #"""
                const source = new DOMParser().parseFromString(arguments[0], 'text/html')
                for (const svg of source.querySelectorAll('figure.chart svg')) {
                    const name = svg.closest('figure').id
                    if (svg.getAttribute('role') !== 'img') found.push(`${name}: role img`)
                    if (!plain(svg.querySelector('title')?.textContent)) found.push(`${name}: a title`)
                }
                for (const e of source.querySelectorAll('[src], link, iframe, object, embed, image, use'))
                    if (!/^(data:|#)/.test(e.getAttribute('src') ?? e.getAttribute('href') ?? '')) found.push(`loads ${named(e)}`)
                for (const e of source.querySelectorAll('style'))
                    if (/@import|url\(\s*['"]?(?!data:|#)/.test(e.textContent)) found.push('a style that loads something')
                return found
                """#, html)
    }

    func charts() throws -> [Chart] {
        try browser.execute(
            Self.common + #"""
                return figures.filter(svgOf).map(figure => ({
                    name: figure.id, svg: svgOf(figure), tips: marksOf(svgOf(figure)).map(e => plain(e.dataset.tip))
                }))
                """#)
    }

    // MARK: - Places

    /// What sticks out of the viewport, out of its chart, or is cut off. On paper nothing can be scrolled either.
    func overflows(on medium: Browser.Medium = .screen) throws -> [String] {
        try findings(
            "const onPaper = \(medium == .print)\n" + #"""
                const width = window.innerWidth
                if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} wide, of ${width}`)
                const style = e => getComputedStyle(e)
                const canScroll = e => !onPaper && ['auto', 'scroll'].includes(style(e).overflowX)
                const isScrolled = e => e !== main && e.parentElement !== null
                    && (canScroll(e.parentElement) || isScrolled(e.parentElement))
                for (const e of main.querySelectorAll('*')) {
                    if (e.ownerSVGElement || !shown(e)) continue
                    const r = e.getBoundingClientRect()
                    if (r.width <= 1 || r.height <= 1) continue
                    const sticksOut = r.left < -0.5 || r.right > width + 0.5
                    if (sticksOut && (e.localName === 'svg' || !isScrolled(e)))
                        found.push(`${named(e)} reaches from ${r.left} to ${r.right} of ${width}`)
                    const isCut = style(e).overflowX !== 'visible' && !canScroll(e) && e.scrollWidth > e.clientWidth + 1
                    if (isCut && e.localName !== 'svg' && e.clientWidth > 1)
                        found.push(`${named(e)} shows ${e.clientWidth} of ${e.scrollWidth}`)
                }
                for (const svg of svgs) {
                    const outer = svg.getBoundingClientRect()
                    for (const e of svg.querySelectorAll('text, .mark')) {
                        // What is clipped ends inside.
                        if (!shown(e) || style(e).clipPath !== 'none') continue
                        const r = e.getBoundingClientRect()
                        const over = Math.max(outer.left - r.left, r.right - outer.right, outer.top - r.top, r.bottom - outer.bottom)
                        if (over > 1) found.push(`${svg.closest('figure')?.id}: ${named(e)} sticks out by ${over.toFixed(1)}`)
                    }
                    const isKept = e => style(e).breakInside.startsWith('avoid') || e !== main && e.parentElement !== null && isKept(e.parentElement)
                    if (onPaper && !isKept(svg)) found.push(`${svg.closest('figure')?.id}: may be broken between two sheets`)
                }
                """#)
    }

    // MARK: - Colours

    private static let colours = #"""
        const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
            .getContext('2d', { willReadFrequently: true })
        const known = new Map()
        const colour = text => {
            if (!known.has(text)) {
                pen.clearRect(0, 0, 1, 1)
                pen.fillStyle = text
                pen.fillRect(0, 0, 1, 1)
                const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data
                known.set(text, [r, g, b, a / 255])
            }
            return known.get(text)
        }
        const over = (top, under, share = 1) => under && [0, 1, 2].map(i => under[i] + (top[i] - under[i]) * top[3] * share)
        const probe = document.body.appendChild(document.createElement('i'))
        probe.style.background = 'Canvas'
        const canvas = colour(getComputedStyle(probe).backgroundColor)
        probe.remove()
        const backdrop = e => {
            if (e === null) return over(canvas, [255, 255, 255])
            const style = getComputedStyle(e)
            return style.backgroundImage === 'none' ? over(colour(style.backgroundColor), backdrop(e.parentElement)) : null
        }
        const luminance = c => c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
        const contrast = (a, b) => {
            const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
            return (high + 0.05) / (low + 0.05)
        }

        """#

    /// Texts whose contrast with what lies behind them is less than 4.5 to 1; cells of heat maps aside.
    func paleTexts() throws -> [String] {
        try findings(
            Self.colours + #"""
                const opacity = e => Number(getComputedStyle(e).opacity) * (e.parentElement ? opacity(e.parentElement) : 1)
                const shapes = new Map(svgs.map(svg => [svg, [...svg.querySelectorAll('rect, path, circle, ellipse, polygon')]
                    .filter(e => shown(e) && !e.closest('defs, clipPath, mask, pattern, marker, symbol'))]))
                // What is painted at a point before a text is; nothing where that is no single colour.
                const painted = (text, x, y) => {
                    const svg = text.ownerSVGElement
                    const halo = getComputedStyle(text)
                    if (halo.paintOrder.startsWith('stroke') && halo.stroke !== 'none' && parseFloat(halo.strokeWidth) >= 2)
                        return over(colour(halo.stroke), backdrop(svg))
                    let under = backdrop(svg)
                    for (const shape of shapes.get(svg) ?? []) {
                        if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break
                        const style = getComputedStyle(shape)
                        if (style.fill === 'none') continue
                        const point = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse())
                        if (!shape.isPointInFill(point)) continue
                        under = style.fill.startsWith('url') ? null : over(colour(style.fill), under, style.fillOpacity * opacity(shape))
                    }
                    return under
                }
                const texts = [...document.body.querySelectorAll('*')].filter(e => shown(e)
                    && !e.closest('.cell, title, desc, script, style, noscript, template')
                    && [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()))
                for (const e of texts) {
                    const r = e.getBoundingClientRect(), style = getComputedStyle(e)
                    if (r.width <= 1 || r.height <= 1) continue
                    const behind = e.ownerSVGElement
                        ? [0.25, 0.5, 0.75].map(part => painted(e, r.left + r.width * part, r.top + r.height / 2)) : [backdrop(e)]
                    const own = colour(e.ownerSVGElement ? style.fill : style.color)
                    const share = opacity(e) * (e.ownerSVGElement ? style.fillOpacity : 1)
                    for (const under of behind.filter(c => c)) {
                        const ratio = contrast(over(own, under, share), under)
                        if (ratio < 4.5) found.push(`${named(e)} has ${ratio.toFixed(2)}: ${own} on ${under.map(Math.round)}`)
                    }
                }
                if (texts.length < 5) found.push(`there are only ${texts.length} texts`)
                """#)
    }

    // MARK: - Tips

    /// The first, a middle and the last mark with a tip that the pointer can reach at its centre, where the page is
    /// scrolled to.
    func reachableMarks(of chart: Chart) throws -> [Mark] {
        try browser.execute(
            Self.common + #"""
                const marks = marksOf(arguments[0])
                const isReachable = mark => {
                    const r = mark.getClientRects()[0]
                    return document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2)?.closest('[data-tip]') === mark
                }
                const middle = Math.floor(marks.length / 2)
                const picked = [marks, marks.slice(middle), marks.toReversed()].map(some => some.find(isReachable))
                return [...new Set(picked)].filter(e => e).map(e => ({ tip: plain(e.dataset.tip), element: e }))
                """#, chart.svg.reference)
    }

    /// What the tooltip shows: waits a second at most until that is one of these texts, or none.
    func tip(awaiting texts: [String?]) throws -> Tip {
        var tip = Tip()
        for _ in 0..<50 {
            tip = try browser.execute(
                Self.common + #"""
                    const e = document.getElementById('tip')
                    if (!e || e.hidden || !shown(e)) return { isInside: true }
                    const r = e.getBoundingClientRect()
                    const isInside = r.left >= 0 && r.top >= 0 && r.right <= window.innerWidth && r.bottom <= window.innerHeight
                    return { text: plain(e.textContent), isInside: isInside }
                    """#)
            if texts.contains(tip.text) && tip.isInside { break }
            usleep(20_000)
        }
        return tip
    }

    // MARK: - What must not happen

    /// Signs that a text was taken for a part of the page.
    func injections() throws -> [String] {
        try findings(
            #"""
            if (window.pwned !== undefined) found.push('a script has run')
            for (const e of document.querySelectorAll('*'))
                for (const { name, value } of e.attributes) {
                    if (name.startsWith('on') && value.includes('pwned')) found.push(`${named(e)} has ${name}`)
                    if (['href', 'src', 'action'].includes(name) && /^\s*javascript:/i.test(value)) found.push(`${named(e)} has ${value}`)
                }
            for (const e of document.querySelectorAll('img, iframe, object, embed')) found.push(`there is ${named(e)}`)
            for (const e of document.querySelectorAll('script'))
                if (e.textContent.trim() === 'window.pwned=1') found.push('there is a foreign script')
            """#)
    }
}
