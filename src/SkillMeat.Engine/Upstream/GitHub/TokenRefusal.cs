namespace SkillMeat.Upstream.GitHub;

/// <summary>Why GitHub refuses a token that is right as such: single sign-on, a list of allowed addresses, a policy about a token's lifetime.</summary>
/// <param name="Reason">GitHub's own words on one line, without a dot.</param>
/// <param name="AuthorizeAt">Where the user can let the token in; null when GitHub names no such place.</param>
/// <param name="IsOfOwner">Whether it is a rule of the organization and so holds for all its repositories.</param>
/// <remarks>Immutable.</remarks>
internal sealed record TokenRefusal(string Reason, Uri? AuthorizeAt, bool IsOfOwner)
{
    /// <summary>Whether GitHub's words speak of an organization's rule.</summary>
    public static bool IsRuleOfOwner(string words) => words.Contains("organization", StringComparison.OrdinalIgnoreCase);

    /// <summary>The reason, with the address that helps.</summary>
    public override string ToString() => AuthorizeAt is null ? Reason : $"{Reason}; to let the token in, open {AuthorizeAt.AbsoluteUri}";
}
