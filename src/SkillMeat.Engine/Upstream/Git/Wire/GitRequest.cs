namespace SkillMeat.Upstream.Git.Wire;

/// <summary>One HTTP request of git's protocol (gitprotocol-http), as a value, so that it can be sent again.</summary>
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

    /// <summary>The body's <c>Content-Type</c>; null for a GET.</summary>
    public string? BodyType => Body is null ? null : "application/x-git-upload-pack-request";

    /// <summary>The <c>Content-Type</c> that git's answer has; anything else is not git's answer.</summary>
    public string AnswerType => Body is null ? "application/x-git-upload-pack-advertisement" : "application/x-git-upload-pack-result";

    /// <summary>The <c>Git-Protocol</c> header; null sends none.</summary>
    public string? Protocol { get; private init; }

    /// <summary>Whether the asker knows another way, so that a refusal is soon taken for an answer.</summary>
    public bool IsOptimistic { get; init; }

    /// <summary>Whether the reader may stop as soon as it has what is wanted.</summary>
    public bool IsReadInPart { get; private init; }

    private string Path { get; }

    /// <summary>Asks what the server can do; servers that don't know version 2 list their refs too.</summary>
    public static GitRequest Discovery(Uri repository) =>
        new(repository, DiscoveryPath, "?service=git-upload-pack") { Protocol = "version=2" };

    /// <summary>Asks for all refs as version 0 lists them, which is the one question that GitHub always answers without a token.</summary>
    public static GitRequest Advertisement(Uri repository) => new(repository, DiscoveryPath, "?service=git-upload-pack") { IsReadInPart = true };

    /// <summary>Sends a command of version 2, or what versions 0 and 1 have instead.</summary>
    public static GitRequest Service(Uri repository, ReadOnlyMemory<byte> body, bool version2) =>
        new(repository, ServicePath, "") { Body = body, Protocol = version2 ? "version=2" : null };

    /// <summary>The repository that answered, when the answer came from there after redirects.</summary>
    /// <exception cref="GitProtocolException">The redirect led to something else than the same question to another repository.</exception>
    public Uri RepositoryAt(Uri answeredBy)
    {
        var address = answeredBy.GetLeftPart(UriPartial.Path);
        return address.EndsWith(Path, StringComparison.Ordinal)
            ? new Uri(address[..^Path.Length])
            : throw GitProtocolException.Garbled("it was redirected to an address that is not a git repository's");
    }
}
