namespace SkillMeat.Server.Artifacts;

/// <summary>The two addresses of an artifact: below its collection, and by itself, with the collection in the query or the active one.</summary>
internal static class ArtifactRoutes
{
    /// <summary>The addresses, with what the ids of their operations end with.</summary>
    public static IReadOnlyList<(string Path, string Of)> All { get; } = [("/collections/{collection}/artifacts/{id}", "OfCollection"), ("/artifacts/{id}", "")];
}
