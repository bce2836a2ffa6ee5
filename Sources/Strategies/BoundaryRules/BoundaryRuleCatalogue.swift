import Inner

/// Every boundary rule by name.
public enum BoundaryRuleCatalogue {
    public static let all = Catalogue<any BoundaryRule>(
        "boundary rule",
        [
            .init("reflect", "bounce off the wall") { .reflect },
            .init("clamp", "stop at the wall with zero velocity") { .clamp },
            .init("rebound", "stop at the wall and turn round at half the velocity") { .rebound },
            .init("resample", "draw the coordinate anew") { .resample },
        ])
}
