using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>Tells whether two addresses lead to the same repository.</summary>
internal static class RepositoryIdentity
{
    /// <summary>Whether two addresses lead to the same repository: they are equal, or one is for ssh and the other for https on the same host.</summary>
    public static bool AreSame(RepositoryAddress one, RepositoryAddress other) =>
        one.Equals(other) || (one.Url is { } url && other.Url is { } second && one.IsSsh != other.IsSsh && Key(url) == Key(second));

    // The ports differ, and the hosts ignore the case.
    private static string Key(Uri url) => $"{url.Host}{Uri.UnescapeDataString(url.AbsolutePath).TrimEnd('/')}".ToUpperInvariant();
}
