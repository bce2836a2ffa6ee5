/// What a laboratory can tell of scores before a study begins, so that it need not be estimated.
package struct KnownScale: Sendable {
    /// s^2, and with it the price.
    package var seedVariance: Double?
    /// Values in rising order that scores are ranks among, in the place of the study's own.
    package var pool: [Double]?

    package init() {}
}
