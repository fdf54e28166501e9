using System.Collections.Concurrent;
using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>
/// Distinguishes a host's limit on anonymous git from a repository that is private or does not exist. GitHub answers 401 in both cases, but a limit
/// affects only requests for objects, not those for refs.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AnonymousGit
{
    private const string EdgeHeader = "x-github-edge-message";

    private static readonly string[] Endings = ["/info/refs", "/git-upload-pack", ".git"];

    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an answer is a rate limit regardless of its status. Records refusals that may later turn out to be a limit.</summary>
    public bool IsLimit(UpstreamHttpRequest request, UpstreamResponse response)
    {
        if (request.Role != HostRole.GitObjects || !response.IsAnonymous) return false;
        if (response.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && IsFromEdge(response)) return true;
        if (response.Status != HttpStatusCode.Unauthorized) return false;
        string repository = RepositoryOf(request.Uri);
        _refused[repository] = true;
        return _open.ContainsKey(repository);
    }

    /// <summary>Records a successful anonymous request for refs, which shows that the repository is public.</summary>
    public void Note(UpstreamHttpRequest request, UpstreamResponse response)
    {
        if (request.Role == HostRole.Git && response.IsAnonymous && response.Status == HttpStatusCode.OK) _open[RepositoryOf(request.Uri)] = true;
    }

    /// <summary>Whether objects of a public repository were refused, which means that the host refuses all anonymous requests for objects.</summary>
    public bool IsRefusedThoughOpen(UpstreamHttpRequest request)
    {
        string repository = RepositoryOf(request.Uri);
        return _open.ContainsKey(repository) && _refused.TryRemove(repository, out _);
    }

    /// <summary>Whether the answer comes from GitHub's edge, which limits downloads and ignores credentials.</summary>
    public static bool IsFromEdge(UpstreamResponse response) => response.Header(EdgeHeader) is not null;

    private static string RepositoryOf(Uri uri)
    {
        string address = uri.GetLeftPart(UriPartial.Path);
        foreach (string ending in Endings)
            if (address.EndsWith(ending, StringComparison.Ordinal)) address = address[..^ending.Length];
        return address;
    }
}
