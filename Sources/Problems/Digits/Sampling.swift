import Inner

extension RandomStream {
    /// `count` of these elements without repetition, in random order.
    ///
    /// - SeeAlso: Durstenfeld (1964), Algorithm 235: random permutation, doi:10.1145/364520.364540
    mutating func sample<Element>(_ count: Int, of elements: [Element]) -> [Element] {
        var elements = elements
        for place in 0..<count { elements.swapAt(place, place + index(below: elements.count - place)) }
        return Array(elements.prefix(count))
    }
}
