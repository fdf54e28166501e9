namespace SkillMeat.Collections;

/// <summary>Where an artifact of a manifest lies.</summary>
/// <param name="Id">The artifact.</param>
/// <param name="Path">Its path as the manifest writes it, relative to the collection.</param>
internal sealed record ArtifactPath(ArtifactId Id, string Path)
{
    /// <summary>
    /// Whether two artifacts would share files: the same path, or one within the other. The same answer on every system, because a home is shared between them; so
    /// names that differ in case only are the same.
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
