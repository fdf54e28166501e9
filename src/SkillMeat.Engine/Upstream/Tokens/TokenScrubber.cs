using System.Collections.Immutable;
using System.Text;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Takes a token, and passwords, out of text that others wrote, in each form in which we send them.</summary>
/// <remarks>Safe for use from many threads.</remarks>
internal sealed class TokenScrubber
{
    /// <summary>A shorter secret protects nothing, and scrubbing it would tear holes into every text.</summary>
    private const int ShortestSecret = 3;

    private ImmutableArray<string> _secrets;

    public TokenScrubber(GitHubToken? token)
    {
        _secrets = token is null ? [] : [.. Forms(token.Reveal())];
    }

    /// <summary>Takes further secrets out from now on.</summary>
    public void Add(IEnumerable<string> secrets)
    {
        // The longest first: one may hold another.
        ImmutableInterlocked.Update(
            ref _secrets,
            (known, added) => [.. known.Concat(added).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)],
            secrets.Where(secret => secret.Length >= ShortestSecret).ToList());
    }

    /// <summary>Whether the text holds the token.</summary>
    public bool IsIn(string text) => _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    /// <summary>The text with the token replaced.</summary>
    public string Scrub(string text)
    {
        foreach (string secret in _secrets) text = text.Replace(secret, "[token]", StringComparison.Ordinal);
        return text;
    }

    private static string[] Forms(string value) => [value, BasicCredentials(value), Uri.EscapeDataString(value)];

    /// <summary>The token as git's smart HTTP wants it.</summary>
    internal static string BasicCredentials(string value) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"x-access-token:{value}"));
}
