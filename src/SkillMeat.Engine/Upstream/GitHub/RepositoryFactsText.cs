namespace SkillMeat.Upstream.GitHub;

/// <summary>Interprets the values with which GitHub describes a repository.</summary>
internal static class RepositoryFactsText
{
    /// <summary>Returns the SPDX id of a licence; null for NOASSERTION, which GitHub uses for a licence file that it does not recognize.</summary>
    public static string? License(string? spdxId) => spdxId is null or "" or "NOASSERTION" ? null : spdxId;
}
