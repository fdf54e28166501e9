namespace SkillMeat.Upstream.Git.Wire;

/// <summary>An HTTP request of git's protocol (gitprotocol-http), as an immutable value that can be sent again.</summary>
internal sealed record GitRequest
{
    private const string DiscoveryPath = "/info/refs";
    private const string ServicePath = "/git-upload-pack";

    private GitRequest(Uri repository, string path, string query)
    {
        Path = path;
        Uri = new Uri(repository.GetLeftPart(UriPartial.Path).TrimEnd('/') + path + query);
    }

    public Uri Uri { get; }

    /// <summary>The body of a POST; null for a GET.</summary>
    public ReadOnlyMemory<byte>? Body { get; private init; }

    /// <summary>The <c>Content-Type</c> of the body; null for a GET.</summary>
    public string? BodyType => Body is null ? null : "application/x-git-upload-pack-request";

    /// <summary>The <c>Content-Type</c> of a valid answer.</summary>
    public string AnswerType => Body is null ? "application/x-git-upload-pack-advertisement" : "application/x-git-upload-pack-result";

    /// <summary>The <c>Git-Protocol</c> header; null for none.</summary>
    public string? Protocol { get; private init; }

    /// <summary>Whether there is a fallback, so that a refusal is passed to the reader and not retried.</summary>
    public bool IsOptimistic { get; init; }

    /// <summary>Whether the reader may stop before the end of the answer.</summary>
    public bool IsReadInPart { get; private init; }

    private string Path { get; }

    /// <summary>Creates a request for the capabilities of the server. Servers without version 2 also list their refs.</summary>
    public static GitRequest Discovery(Uri repository) =>
        new(repository, DiscoveryPath, "?service=git-upload-pack") { Protocol = "version=2" };

    /// <summary>Creates a request for all refs in version 0, which GitHub always answers without a token.</summary>
    public static GitRequest Advertisement(Uri repository) => new(repository, DiscoveryPath, "?service=git-upload-pack") { IsReadInPart = true };

    /// <summary>Creates a request with a command of version 2, or its equivalent in versions 0 and 1.</summary>
    public static GitRequest Service(Uri repository, ReadOnlyMemory<byte> body, bool version2) =>
        new(repository, ServicePath, "") { Body = body, Protocol = version2 ? "version=2" : null };

    /// <summary>Returns the address of the repository that answered, after redirects.</summary>
    /// <exception cref="GitProtocolException">The redirect did not lead to the same path of another repository.</exception>
    public Uri RepositoryAt(Uri answeredBy)
    {
        var address = answeredBy.GetLeftPart(UriPartial.Path);
        return address.EndsWith(Path, StringComparison.Ordinal)
            ? new Uri(address[..^Path.Length])
            : throw GitProtocolException.Garbled("it was redirected to an address that is not a git repository's");
    }
}
