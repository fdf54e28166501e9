using Semver;

namespace SkillMeat.Cache.Versions;

/// <summary>Compares versions by the rules of SemVer 2.0. A leading <c>v</c> is allowed, and the second and third number may be left out.</summary>
internal static class ArtifactVersions
{
    private const SemVersionStyles Lenient = SemVersionStyles.AllowV | SemVersionStyles.OptionalMinorPatch | SemVersionStyles.AllowWhitespace;

    private const int Longest = 256;

    /// <summary>Parses a version, or returns null if it is none.</summary>
    public static SemVersion? Parse(string? text) => text is not null && SemVersion.TryParse(text, Lenient, out var version, Longest) ? version : null;

    /// <summary>Compares two versions by their precedence; build metadata does not count. Null if one of them is not a version.</summary>
    /// <returns>Less than 0 if the first one is older, 0 if neither is, or more than 0.</returns>
    public static int? Compare(string? first, string? second) => Parse(first) is { } one && Parse(second) is { } other ? one.ComparePrecedenceTo(other) : null;

    /// <summary>Returns the part in which an older version differs from a newer one. Null if it is not older, or one of them is not a version.</summary>
    public static VersionDifference? Difference(string? older, string? newer)
    {
        if (Parse(older) is not { } from || Parse(newer) is not { } to || from.ComparePrecedenceTo(to) >= 0) return null;
        if (from.Major != to.Major) return VersionDifference.Major;
        if (from.Minor != to.Minor) return VersionDifference.Minor;
        return from.Patch != to.Patch ? VersionDifference.Patch : VersionDifference.Prerelease;
    }
}
