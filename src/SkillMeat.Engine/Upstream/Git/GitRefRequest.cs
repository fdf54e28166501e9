using System.Text;
using SkillMeat.Upstream.Git.Wire;

namespace SkillMeat.Upstream.Git;

/// <summary>The refs to request. <c>HEAD</c> is always included.</summary>
internal sealed class GitRefRequest
{
    private const string PeeledSuffix = "^{}";

    private readonly HashSet<string>? _names;
    private readonly string? _lastName;

    /// <summary>Requests tags and branches by name; a full name that begins with <c>refs/</c> requests that ref.</summary>
    /// <param name="specs">The names from users. A name that is not valid for a ref is not requested, and so not found.</param>
    /// <param name="optimistic">
    /// Whether to skip the discovery and use a single request. If the server does not support that, the request is repeated.
    /// </param>
    public GitRefRequest(IEnumerable<string> specs, bool optimistic = false)
        : this(specs.Where(CanBeName).SelectMany(NamesOf).ToHashSet(StringComparer.Ordinal), optimistic)
    {
    }

    private GitRefRequest(HashSet<string>? names, bool optimistic)
    {
        _names = names;
        _lastName = names?.Max(Comparer<string>.Create(CompareBytes));
        Optimistic = optimistic;
    }

    /// <summary>Whether the first request already asks for the refs.</summary>
    public bool Optimistic { get; }

    /// <summary>Whether only <c>HEAD</c> is requested.</summary>
    public bool IsHeadOnly => _names is { Count: 0 };

    /// <summary>The prefixes that a server may filter by; refs in its answer can be longer.</summary>
    public IEnumerable<string> Prefixes => _names is null ? ["HEAD", "refs/"] : _names.Prepend("HEAD");

    /// <summary>Requests all refs.</summary>
    public static GitRefRequest Everything(bool optimistic = false) => new((HashSet<string>?)null, optimistic);

    /// <summary>Whether a ref was requested.</summary>
    public bool Wants(string name) => _names is null || _names.Contains(name);

    /// <summary>
    /// Whether all requested refs come before this one in a list that is sorted by name, as git's is: <c>HEAD</c>, branches, pulls, tags.
    /// </summary>
    public bool EndsBefore(string name) => _names is not null && (_lastName is null || CompareBytes(name, _lastName) > 0) && !IsPeeled(name);

    // git sorts by bytes; UTF-16 sorts characters beyond its first plane before some of those within it.
    private static int CompareBytes(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));

    // The target of an annotated tag follows it on a separate line, before longer names.
    private bool IsPeeled(string name) => name.EndsWith(PeeledSuffix, StringComparison.Ordinal) && _names!.Contains(name[..^PeeledSuffix.Length]);

    private static IEnumerable<string> NamesOf(string spec) =>
        spec.StartsWith("refs/", StringComparison.Ordinal) ? [spec] : [$"refs/tags/{spec}", $"refs/heads/{spec}"];

    // As in git check-ref-format, neither spaces nor control characters are allowed, and the name must fit into a line.
    private static bool CanBeName(string spec) =>
        spec.Length is > 0 and < PktLine.MaxPayload / 8 && !spec.Any(c => char.IsControl(c) || c == ' ');
}
