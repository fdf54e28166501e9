using System.Collections.Concurrent;
using System.Net;

namespace SkillMeat.Upstream.Http;

/// <summary>
/// Tells a host's limit on git without credentials from a repository that is private or not there: GitHub answers 401 to both, but to the first only where objects are asked for.
/// </summary>
/// <remarks>Safe for use from many threads.</remarks>
internal sealed class AnonymousGit
{
    private const string EdgeHeader = "x-github-edge-message";

    private static readonly string[] Endings = ["/info/refs", "/git-upload-pack", ".git"];

    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an answer is a limit whatever its status says. Remembers the refusals that may turn out as one.</summary>
    public bool IsLimit(UpstreamHttpRequest request, UpstreamResponse response)
    {
        if (request.Role != HostRole.GitObjects || !response.IsAnonymous) return false;
        if (response.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && IsFromEdge(response)) return true;
        if (response.Status != HttpStatusCode.Unauthorized) return false;
        string repository = RepositoryOf(request.Uri);
        _refused[repository] = true;
        return _open.ContainsKey(repository);
    }

    /// <summary>Takes note of an answer to a question about refs: the repository is open to everybody.</summary>
    public void Note(UpstreamHttpRequest request, UpstreamResponse response)
    {
        if (request.Role == HostRole.Git && response.IsAnonymous && response.Status == HttpStatusCode.OK) _open[RepositoryOf(request.Uri)] = true;
    }

    /// <summary>Whether a repository's objects were refused although it is open: then the host refuses everybody's.</summary>
    public bool IsRefusedThoughOpen(UpstreamHttpRequest request)
    {
        string repository = RepositoryOf(request.Uri);
        return _open.ContainsKey(repository) && _refused.TryRemove(repository, out _);
    }

    /// <summary>Whether GitHub's edge answered, which limits downloads and looks at no credential.</summary>
    public static bool IsFromEdge(UpstreamResponse response) => response.Header(EdgeHeader) is not null;

    private static string RepositoryOf(Uri uri)
    {
        string address = uri.GetLeftPart(UriPartial.Path);
        foreach (string ending in Endings)
            if (address.EndsWith(ending, StringComparison.Ordinal)) address = address[..^ending.Length];
        return address;
    }
}
