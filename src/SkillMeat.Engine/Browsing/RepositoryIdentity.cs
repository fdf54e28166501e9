using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>Tells whether two addresses lead to the same repository.</summary>
/// <param name="renamed">The current addresses of repositories that have been renamed.</param>
internal sealed class RepositoryIdentity(IReadOnlyDictionary<RepositoryAddress, RepositoryAddress> renamed)
{
    /// <summary>Whether two addresses lead to the same repository, which may have been renamed.</summary>
    public bool AreOne(RepositoryAddress one, RepositoryAddress other) => AreSame(renamed.GetValueOrDefault(one, one), renamed.GetValueOrDefault(other, other));

    /// <summary>Whether two addresses lead to the same repository: they are equal, or one is for ssh and the other for https on the same host.</summary>
    public static bool AreSame(RepositoryAddress one, RepositoryAddress other) =>
        one.Equals(other) || (one.Url is { } url && other.Url is { } second && one.IsSsh != other.IsSsh && Key(url) == Key(second));

    // The ports differ, and the hosts ignore the case.
    private static string Key(Uri url) => $"{url.Host}{Uri.UnescapeDataString(url.AbsolutePath).TrimEnd('/')}".ToUpperInvariant();
}
