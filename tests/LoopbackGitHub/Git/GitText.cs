using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A commit or an annotated tag: header lines, a blank line, the message.</summary>
internal sealed class GitText
{
    private readonly List<(string Key, string Value)> _headers = [];

    private GitText(string message) => Message = message;

    /// <summary>Everything after the blank line.</summary>
    public string Message { get; }

    /// <summary>The message's first paragraph on one line, as git's <c>%s</c>.</summary>
    public string Headline => string.Join(' ', Message.TrimStart('\n').Split("\n\n")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()));

    /// <summary>The text after the first paragraph.</summary>
    public string Body => Message.TrimStart('\n').Split("\n\n", 2) is [_, var body] ? body.TrimEnd('\n') : "";

    /// <summary>The first header of that name, or nothing.</summary>
    public string this[string key] => _headers.FirstOrDefault(header => header.Key == key).Value ?? "";

    /// <summary>All headers of that name, such as <c>parent</c>.</summary>
    public IEnumerable<string> All(string key) => _headers.Where(header => header.Key == key).Select(header => header.Value);

    public static GitText Parse(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        var parsed = new GitText(blank < 0 ? "" : text[(blank + 2)..]);
        foreach (var line in (blank < 0 ? text : text[..blank]).Split('\n'))
        {
            // A line that begins with a space continues a signature, which is not needed.
            if (line.Split(' ', 2) is [{ Length: > 0 } key, var value])
            {
                parsed._headers.Add((key, value));
            }
        }

        return parsed;
    }
}
