using System.Collections.Immutable;
using System.Text;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Removes the token and passwords from text of other origin, in every form in which they are sent.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TokenScrubber
{
    /// <summary>The minimum length of a secret. A shorter one protects nothing, and removing it would garble unrelated text.</summary>
    private const int ShortestSecret = 3;

    private ImmutableArray<string> _secrets;

    public TokenScrubber(GitHubToken? token)
    {
        _secrets = token is null ? [] : [.. Forms(token.Reveal())];
    }

    /// <summary>Adds secrets to remove from now on.</summary>
    public void Add(IEnumerable<string> secrets)
    {
        // The longest comes first, because one secret may contain another.
        ImmutableInterlocked.Update(
            ref _secrets,
            (known, added) => [.. known.Concat(added).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)],
            secrets.Where(secret => secret.Length >= ShortestSecret).ToList());
    }

    /// <summary>Whether a text contains a secret.</summary>
    public bool IsIn(string text) => _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    /// <summary>Returns the text with all secrets replaced.</summary>
    public string Scrub(string text)
    {
        foreach (string secret in _secrets) text = text.Replace(secret, "[token]", StringComparison.Ordinal);
        return text;
    }

    private static string[] Forms(string value) => [value, BasicCredentials(value), Uri.EscapeDataString(value)];

    /// <summary>Returns the token in the form that git's smart HTTP requires.</summary>
    internal static string BasicCredentials(string value) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"x-access-token:{value}"));
}
