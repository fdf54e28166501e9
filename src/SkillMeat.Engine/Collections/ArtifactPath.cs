namespace SkillMeat.Collections;

/// <summary>The path of an artifact in a manifest.</summary>
/// <param name="Id">The artifact.</param>
/// <param name="Path">The path as written in the manifest, relative to the collection.</param>
internal sealed record ArtifactPath(ArtifactId Id, string Path)
{
    /// <summary>
    /// Whether two artifacts would share files: their paths are equal, or one contains the other. Ignores case on every system, because a home may be shared
    /// between systems.
    /// </summary>
    public static bool Overlap(string one, string other)
    {
        var parts = Parts(one);
        var others = Parts(other);
        var shorter = Math.Min(parts.Length, others.Length);
        return parts.Take(shorter).SequenceEqual(others.Take(shorter), StringComparer.OrdinalIgnoreCase);
    }

    internal static string[] Parts(string path) => path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
}
