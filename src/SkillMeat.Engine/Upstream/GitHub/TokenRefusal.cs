namespace SkillMeat.Upstream.GitHub;

/// <summary>The reason that GitHub refuses a valid token: single sign-on, an IP allow list, or a policy about the lifetime of tokens.</summary>
/// <param name="Reason">GitHub's message on one line, without a final dot.</param>
/// <param name="AuthorizeAt">The address at which the user can authorize the token; null if GitHub gives none.</param>
/// <param name="IsOfOwner">Whether the refusal comes from a rule of the organization and applies to all its repositories.</param>
/// <remarks>Immutable.</remarks>
internal sealed record TokenRefusal(string Reason, Uri? AuthorizeAt, bool IsOfOwner)
{
    /// <summary>Whether a message refers to a rule of an organization.</summary>
    public static bool IsRuleOfOwner(string words) => words.Contains("organization", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the reason, with the address if there is one.</summary>
    public override string ToString() => AuthorizeAt is null ? Reason : $"{Reason}; to authorize the token, open {AuthorizeAt.AbsoluteUri}";
}
