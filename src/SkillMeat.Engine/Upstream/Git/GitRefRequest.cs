using System.Text;
using SkillMeat.Upstream.Git.Wire;

namespace SkillMeat.Upstream.Git;

/// <summary>Which refs are asked for. <c>HEAD</c> always is.</summary>
internal sealed class GitRefRequest
{
    private const string PeeledSuffix = "^{}";

    private readonly HashSet<string>? _names;

    /// <summary>Asks for tags and branches of these names; a full name that begins with <c>refs/</c> asks for that ref.</summary>
    /// <param name="specs">What people wrote. What can't be a ref's name is not asked for, and so not found.</param>
    /// <param name="optimistic">Whether to ask in one request, without the discovery that git puts before it. A server that can't is asked again.</param>
    public GitRefRequest(IEnumerable<string> specs, bool optimistic = false)
        : this(specs.Where(CanBeName).SelectMany(NamesOf).ToHashSet(StringComparer.Ordinal), optimistic)
    {
    }

    private GitRefRequest(HashSet<string>? names, bool optimistic)
    {
        _names = names;
        Optimistic = optimistic;
    }

    /// <summary>Whether the first request is already the question.</summary>
    public bool Optimistic { get; }

    /// <summary>Whether nothing but <c>HEAD</c> is asked for.</summary>
    public bool IsHeadOnly => _names is { Count: 0 };

    /// <summary>What a server's list may be cut down to; what it sends can begin with these and go on.</summary>
    public IEnumerable<string> Prefixes => _names is null ? ["HEAD", "refs/"] : _names.Prepend("HEAD");

    /// <summary>Asks for every ref there is.</summary>
    public static GitRefRequest Everything(bool optimistic = false) => new((HashSet<string>?)null, optimistic);

    /// <summary>Whether this very ref was asked for.</summary>
    public bool Wants(string name) => _names is null || _names.Contains(name);

    /// <summary>Whether everything that was asked for comes before this ref in a list that is sorted by name, as git's is: <c>HEAD</c>, branches, pulls, tags.</summary>
    public bool EndsBefore(string name) =>
        _names is not null && _names.All(n => CompareBytes(name, n) > 0 && !IsPeeled(name, n));

    // git sorts by bytes; UTF-16 has the characters beyond its first plane before some of those in it.
    private static int CompareBytes(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));

    // The target of an annotated tag follows it on a line of its own.
    private static bool IsPeeled(string name, string tag) =>
        name.Length == tag.Length + PeeledSuffix.Length && name.StartsWith(tag, StringComparison.Ordinal) && name.EndsWith(PeeledSuffix, StringComparison.Ordinal);

    private static IEnumerable<string> NamesOf(string spec) =>
        spec.StartsWith("refs/", StringComparison.Ordinal) ? [spec] : [$"refs/tags/{spec}", $"refs/heads/{spec}"];

    // git check-ref-format: neither spaces nor control characters; and it has to fit a line.
    private static bool CanBeName(string spec) =>
        spec.Length is > 0 and < PktLine.MaxPayload / 8 && !spec.Any(c => char.IsControl(c) || c == ' ');
}
