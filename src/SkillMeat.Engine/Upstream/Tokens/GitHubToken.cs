using System.Diagnostics;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.Tokens;

/// <summary>A GitHub token and its source. Neither <see cref="ToString"/> nor any public member reveals the token.</summary>
/// <remarks>Immutable, so instances can be shared between threads.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class GitHubToken
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    private GitHubToken(string value, string source)
    {
        _value = value;
        Source = source;
    }

    /// <summary>The source of the token for messages, such as <c>GITHUB_TOKEN</c> or <c>the --token option</c>.</summary>
    public string Source { get; }

    /// <summary>Creates a token from user or program input. Surrounding white space, such as a final line break, is removed.</summary>
    /// <param name="value">The token; null, empty or white space means no token.</param>
    /// <param name="source">The source of the token, as messages name it.</param>
    /// <returns>The token, or null if there is none.</returns>
    /// <exception cref="ArgumentException">The source is blank.</exception>
    /// <exception cref="SkillMeatException">
    /// With <see cref="ErrorIds.InvalidArgument"/> if the token contains a line break, a space, a control character or a non-ASCII character.
    /// </exception>
    public static GitHubToken? From(string? value, string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        if (string.IsNullOrWhiteSpace(value)) return null;
        string token = value.Trim();
        return token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw new SkillMeatException(
                ErrorIds.InvalidArgument, $"The token from {source} is not valid: it contains a line break, a space or another character that tokens do not have.")
            : new GitHubToken(token, source);
    }

    /// <summary>Returns the source of the token, but not the token.</summary>
    public override string ToString() => $"token from {Source}";

    /// <summary>Returns the token itself, for request headers and for removing it from messages.</summary>
    internal string Reveal() => _value;
}
