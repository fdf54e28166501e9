using System.Globalization;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The author of a commit or a tag, and the time.</summary>
internal sealed record GitSignature(string Name, string Email, DateTimeOffset Date)
{
    /// <summary>The time in UTC as GitHub writes it.</summary>
    public string UtcText => Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads <c>Name &lt;email&gt; seconds zone</c>.</summary>
    public static GitSignature Parse(string text)
    {
        var open = text.LastIndexOf('<');
        var close = text.LastIndexOf('>');
        var seconds = text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new GitSignature(
            text[..open].Trim(),
            text[(open + 1)..close],
            DateTimeOffset.FromUnixTimeSeconds(seconds.Length > 0 ? long.Parse(seconds[0], CultureInfo.InvariantCulture) : 0));
    }
}
