using System.Diagnostics;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.Tokens;

/// <summary>A GitHub token together with where it came from. Neither <see cref="ToString"/> nor any public member tells the token itself.</summary>
/// <remarks>Immutable, so an instance can be shared between threads.</remarks>
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

    /// <summary>Where the token came from, as messages name it: <c>GITHUB_TOKEN</c>, <c>the --token option</c>.</summary>
    public string Source { get; }

    /// <summary>Makes a token of what a person or a program supplied. White space around it, such as a file's last line break, is dropped.</summary>
    /// <param name="value">The token; null, empty or white space is no token.</param>
    /// <param name="source">Where it came from, as messages shall name it.</param>
    /// <returns>The token; null when there is none.</returns>
    /// <exception cref="ArgumentException">The source is blank.</exception>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/>: there is a line break, blank, control or non-ASCII character inside.</exception>
    public static GitHubToken? From(string? value, string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        if (string.IsNullOrWhiteSpace(value)) return null;
        string token = value.Trim();
        return token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw new SkillMeatException(
                ErrorIds.InvalidArgument, $"The token from {source} can't be one: it holds a line break, a blank or another character that no token has.")
            : new GitHubToken(token, source);
    }

    /// <summary>Says where the token came from, never what it is.</summary>
    public override string ToString() => $"token from {Source}";

    /// <summary>The token itself, for the header that carries it and for what keeps it out of messages.</summary>
    internal string Reveal() => _value;
}
