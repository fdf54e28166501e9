namespace SkillMeat.Cache.Versions;

/// <summary>Tells whether something is behind something newer, and by how much. Remembers versions that were compared: many artifacts have the same. Not thread-safe.</summary>
internal sealed class Lag
{
    private readonly Dictionary<(string? Older, string? Newer), VersionDifference?> _known = [];

    /// <summary>Compares the version of something whose newer content is known to differ.</summary>
    /// <param name="older">The version, or null.</param>
    /// <param name="newer">The version of the newer content, or null.</param>
    /// <param name="commits">The number of commits between them, or null if it is not known.</param>
    /// <returns>The difference, or null if it is not behind: its version is a later one, or the same one in another form, such as with other build metadata.</returns>
    public VersionDifference? Of(string? older, string? newer, int? commits)
    {
        if (!_known.TryGetValue((older, newer), out var difference)) _known[(older, newer)] = difference = Compare(older, newer);
        // After a rewritten history, upstream can have less than what was fetched.
        return difference == VersionDifference.Unknown && commits > 0 ? VersionDifference.Commits : difference;
    }

    private static VersionDifference? Compare(string? older, string? newer) => ArtifactVersions.Compare(older, newer) switch
    {
        < 0 => ArtifactVersions.Difference(older, newer),
        > 0 => null,
        // Many authors never change the version.
        0 => older == newer ? VersionDifference.Unknown : null,
        null => VersionDifference.Unknown,
    };
}
