using System.Net;
using SkillMeat.Errors;
using SkillMeat.Upstream.Git.Packs;
using SkillMeat.Upstream.Git.Wire;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git;

/// <summary>A repository behind git's smart HTTP. It uses protocol version 2, or versions 0 and 1 with servers that know no other.</summary>
/// <remarks>Thread-safe if the transport is. It only caches the capabilities of the server.</remarks>
internal sealed class GitRemote
{
    // A commit changes a few folders and files.
    private const int UnfilteredFactor = 10;
    private const int SmallPackMebibytes = 32;

    private readonly IGitTransport _transport;
    private readonly Uri _repository;
    private readonly Func<Stream> _createTemporaryFile;
    private readonly bool _isGitHub;
    private GitCapabilities? _capabilities;

    /// <summary>Creates a remote that uses an HTTP client or handler chain.</summary>
    /// <inheritdoc cref="GitRemote(IGitTransport, Uri, Func{Stream}, bool)"/>
    public GitRemote(HttpMessageInvoker http, Uri repository, Func<Stream> createTemporaryFile, bool isGitHub = false)
        : this(new HttpGitTransport(http), repository, createTemporaryFile, isGitHub)
    {
    }

    /// <summary>Creates a remote.</summary>
    /// <param name="transport">Sends the requests.</param>
    /// <param name="repository">The address, such as <c>https://github.com/owner/repo</c>; a query or fragment is dropped.</param>
    /// <param name="createTemporaryFile">Creates an empty, seekable file for a large pack, which is deleted when it is closed.</param>
    /// <param name="isGitHub">Whether the server is GitHub, so that its capabilities are known and its refs are sorted.</param>
    public GitRemote(IGitTransport transport, Uri repository, Func<Stream> createTemporaryFile, bool isGitHub = false)
    {
        _isGitHub = isGitHub;
        _transport = transport;
        _repository = repository;
        _createTemporaryFile = createTemporaryFile;
    }

    /// <summary>
    /// Lists refs, with two requests in version 2 and one in version 0. In an optimistic request, <c>HEAD</c> alone is read from the first line of
    /// version 0's list, which is public; for other refs a single request of version 2 is tried, with that list as the fallback if it is refused.
    /// </summary>
    /// <exception cref="GitProtocolException">The answer is not git's protocol, or the server refuses the request.</exception>
    /// <exception cref="HttpRequestException">There was no answer, if the transport reports it this way.</exception>
    public async Task<GitAdvertisement> ListRefsAsync(GitRefRequest wanted, CancellationToken cancellationToken)
    {
        if (wanted.Optimistic && await ListOptimisticallyAsync(wanted, cancellationToken).ConfigureAwait(false) is { } direct) return direct;
        var (discovery, repository) = await DiscoverAsync(_repository, wanted, cancellationToken).ConfigureAwait(false);
        return discovery.Refs is { } refs
            ? refs.ToAdvertisement(repository, discovery.Capabilities)
            : await ListAsync(repository, wanted, discovery.Capabilities, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Requests the capabilities of the server and the address after redirects, without refs.</summary>
    /// <inheritdoc cref="ListRefsAsync"/>
    public async Task<GitAdvertisement> DescribeAsync(CancellationToken cancellationToken)
    {
        var (discovery, repository) = await DiscoverAsync(_repository, new GitRefRequest([]), cancellationToken).ConfigureAwait(false);
        return new GitAdvertisement { Repository = repository, Refs = [], Capabilities = discovery.Capabilities };
    }

    /// <summary>
    /// Fetches objects and everything they lead to, within the options. The capabilities are requested first if they are neither known nor safe to
    /// assume.
    /// </summary>
    /// <param name="advertisement">The result of <see cref="ListRefsAsync"/> for this repository; null if it was not called.</param>
    /// <param name="wants">The commits, trees, blobs or tags; servers of version 0 only provide objects that a ref points to.</param>
    /// <param name="options">The extent of the fetch.</param>
    /// <param name="cancellationToken">Cancels the request and the reading of the pack.</param>
    /// <exception cref="GitProtocolException">
    /// As in <see cref="ListRefsAsync"/>; the exception names an object that the server does not have.
    /// </exception>
    /// <exception cref="Errors.StorageException">The temporary file cannot be written.</exception>
    public async Task<GitObjects> FetchAsync(
        GitAdvertisement? advertisement, IReadOnlyList<GitOid> wants, GitFetchOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(wants.Count);
        if (options.Depth is { } depth) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        var repository = AddressOf(advertisement);
        if ((advertisement?.Capabilities ?? Volatile.Read(ref _capabilities)) is { } known)
            return await FetchAsync(repository, known, wants, options, isOptimistic: false, cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isGitHub) return await FetchAsync(repository, GitCapabilities.OfGitHub, wants, options, isOptimistic: true, cancellationToken).ConfigureAwait(false);
        }
        catch (GitProtocolException e) when (MayNeedDiscovery(e))
        {
            // The discovery shows the cause, and the current address of the repository.
        }

        var (discovery, address) = await DiscoverAsync(repository, new GitRefRequest([]), cancellationToken).ConfigureAwait(false);
        return await FetchAsync(address, discovery.Capabilities, wants, options, isOptimistic: false, cancellationToken).ConfigureAwait(false);
    }

    // A redirect may drop the suffix that GitHub requires in the addresses of git clients.
    private Uri AddressOf(GitAdvertisement? advertisement) =>
        advertisement is null ? _repository
        : _isGitHub && !advertisement.Repository.AbsolutePath.EndsWith(".git", StringComparison.Ordinal) ? new Uri(advertisement.Repository.AbsoluteUri + ".git")
        : advertisement.Repository;

    private Task<GitObjects> FetchAsync(
        Uri repository, GitCapabilities capabilities, IReadOnlyList<GitOid> wants, GitFetchOptions options, bool isOptimistic, CancellationToken cancellationToken)
    {
        if (options.Have is not null && capabilities.ProtocolVersion != 2) throw GitProtocolException.Unsupported("it does not speak version 2 of git's protocol");
        var fetch = FetchRequest.For(capabilities, wants, options);
        var request = GitRequest.Service(repository, fetch.Body, capabilities.ProtocolVersion == 2) with { IsOptimistic = isOptimistic };
        return AskAsync(request, (lines, _, token) => ReadObjectsAsync(lines, capabilities, fetch, options, token), cancellationToken);
    }

    // Servers are stateless between requests, so the discovery can be skipped. Their refusals differ widely; null means that the discovery is needed.
    private async Task<GitAdvertisement?> ListOptimisticallyAsync(GitRefRequest wanted, CancellationToken cancellationToken)
    {
        if (wanted.IsHeadOnly) return await ListAdvertisedAsync(wanted, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ListAsync(_repository, wanted, capabilities: null, cancellationToken).ConfigureAwait(false);
        }
        catch (GitProtocolException e) when (e.IsLimit || e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)
        {
            return await ListAdvertisedAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e) when (e.IsRateLimit || e.ErrorId == ErrorIds.UpstreamForbidden)
        {
            return await ListAdvertisedAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (GitProtocolException e) when (MayNeedDiscovery(e))
        {
            return null;
        }
    }

    // The capabilities of version 0 are not kept: nearly every server also speaks version 2, which provides any object by its id.
    private async Task<GitAdvertisement> ListAdvertisedAsync(GitRefRequest wanted, CancellationToken cancellationToken)
    {
        var (discovery, repository) = await AskAsync(
            GitRequest.Advertisement(_repository),
            async (lines, answeredBy, token) => (await Discovery.ReadAsync(lines, wanted, _transport.Limits, name => IsLast(wanted, name), token).ConfigureAwait(false), answeredBy),
            cancellationToken).ConfigureAwait(false);
        if (discovery.Refs is { } refs) return refs.ToAdvertisement(repository, capabilities: null);
        Volatile.Write(ref _capabilities, discovery.Capabilities);
        return await ListAsync(repository, wanted, discovery.Capabilities, cancellationToken).ConfigureAwait(false);
    }

    private bool IsLast(GitRefRequest wanted, string name) => (wanted.IsHeadOnly && name == "HEAD") || (_isGitHub && wanted.EndsBefore(name));

    private static bool MayNeedDiscovery(GitProtocolException error) =>
        error.MissingObject is null && !error.IsLimit && (error.StatusCode is { } status ? MayNeedDiscovery(status) : error.IsTransient || error.IsSaid);

    private static bool MayNeedDiscovery(HttpStatusCode status) => status is HttpStatusCode.NotImplemented || (int)status is >= 300 and < 500;

    private Task<GitAdvertisement> ListAsync(
        Uri repository, GitRefRequest wanted, GitCapabilities? capabilities, CancellationToken cancellationToken) =>
        AskAsync(
            GitRequest.Service(repository, LsRefs.Request(wanted, capabilities), version2: true) with { IsOptimistic = capabilities is null },
            async (lines, answeredBy, token) =>
            {
                var refs = await LsRefs.ReadAsync(lines, wanted, _transport.Limits.Refs, token).ConfigureAwait(false);
                return refs.ToAdvertisement(answeredBy, capabilities);
            },
            cancellationToken);

    /// <summary>Returns the capabilities of the server, which are requested only once.</summary>
    /// <exception cref="GitProtocolException">As in <see cref="ListRefsAsync"/>.</exception>
    public async Task<GitCapabilities> CapabilitiesAsync(Uri repository, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _capabilities) is { } known) return known;
        var (discovery, _) = await DiscoverAsync(repository, new GitRefRequest([]), cancellationToken).ConfigureAwait(false);
        return discovery.Capabilities;
    }

    private async Task<(Discovery Discovery, Uri Repository)> DiscoverAsync(Uri repository, GitRefRequest wanted, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            GitRequest.Discovery(repository),
            async (lines, answeredBy, token) => (await Discovery.ReadAsync(lines, wanted, _transport.Limits, isLast: null, token).ConfigureAwait(false), answeredBy),
            cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _capabilities, answer.Item1.Capabilities);
        return answer;
    }

    private async Task<GitObjects> ReadObjectsAsync(
        PktLineReader lines, GitCapabilities capabilities, FetchRequest fetch, GitFetchOptions options, CancellationToken cancellationToken)
    {
        using var spool = new PackSpool(_createTemporaryFile, LimitsOf(fetch, options));
        await FetchAnswer.CopyPackAsync(lines, capabilities, spool, isWhole: options.Have is not null, cancellationToken).ConfigureAwait(false);
        var pack = await spool.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return GitObjects.Open(pack, includesBlobs: !fetch.OmitsBlobs, _transport.Limits, cancellationToken);
    }

    private UpstreamLimits LimitsOf(FetchRequest fetch, GitFetchOptions options) => options.MostObjects is not { } most ? _transport.Limits : _transport.Limits with
    {
        PackObjects = Math.Min(_transport.Limits.PackObjects, fetch.OmitsBlobs ? most : most * UnfilteredFactor),
        PackMebibytes = Math.Min(_transport.Limits.PackMebibytes, SmallPackMebibytes),
    };

    private Task<T> AskAsync<T>(GitRequest request, Func<PktLineReader, Uri, CancellationToken, Task<T>> readAsync, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            request,
            async (head, body, token) =>
            {
                if ((int)head.Status is < 200 or > 299) throw GitProtocolException.FromStatus(head.Status);
                if (!request.AnswerType.Equals(head.MediaType, StringComparison.OrdinalIgnoreCase))
                    throw GitProtocolException.Garbled($"its type is {head.MediaType ?? "not given"}");
                using var lines = new PktLineReader(body);
                return await readAsync(lines, request.RepositoryAt(head.AnsweredBy), token).ConfigureAwait(false);
            },
            cancellationToken);
}
