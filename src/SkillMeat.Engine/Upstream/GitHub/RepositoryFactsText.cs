namespace SkillMeat.Upstream.GitHub;

/// <summary>How GitHub words a repository's facts.</summary>
internal static class RepositoryFactsText
{
    /// <summary>A licence's SPDX id; GitHub says NOASSERTION for a licence file that it does not recognize, which tells nothing.</summary>
    public static string? License(string? spdxId) => spdxId is null or "" or "NOASSERTION" ? null : spdxId;
}
