using System.Text;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Takes a token out of text that others wrote, in each form in which we send it.</summary>
internal sealed class TokenScrubber
{
    private readonly string[] _secrets;

    public TokenScrubber(GitHubToken? token)
    {
        _secrets = token is null ? [] : Forms(token.Reveal());
    }

    /// <summary>Whether the text holds the token.</summary>
    public bool IsIn(string text) => Array.Exists(_secrets, secret => text.Contains(secret, StringComparison.Ordinal));

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
