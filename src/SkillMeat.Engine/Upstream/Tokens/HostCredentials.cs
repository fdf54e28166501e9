using System.Collections.Concurrent;
using System.Net;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Tokens;

/// <summary>
/// The credentials that git keeps for hosts of which we have no token. git is asked when a host answers 401, once for each host; what opened something there goes along with
/// every further request to the host.
/// </summary>
/// <param name="git">Asks git.</param>
/// <param name="tellsGit">Whether git learns that a credential was right or wrong; not where nothing may be written.</param>
/// <remarks>Safe for use from many threads.</remarks>
internal sealed class HostCredentials(GitCredentialCommand git, bool tellsGit = true)
{
    private readonly ConcurrentDictionary<string, HostCredentialState> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly TokenScrubber _scrubber = new(null);

    /// <summary>The text without the passwords.</summary>
    public string Scrub(string text) => _scrubber.Scrub(text);

    /// <summary>Whether the text holds a password.</summary>
    public bool IsIn(string text) => _scrubber.IsIn(text);

    /// <summary>The credential for an address; null when git was not asked, or has none.</summary>
    public CredentialVerdict? Judge(Uri uri) => StateOf(uri).Find(PathOf(uri))?.Verdict;

    /// <summary>Sends a request, and once more with git's credential where the host wants one.</summary>
    /// <param name="uri">Where to.</param>
    /// <param name="sendAsync">Sends with a credential, or without. It takes none along to another host.</param>
    /// <param name="cancellationToken">Kills git.</param>
    public async Task<HttpExchange> SendAsync(Uri uri, Func<HostCredential?, Task<HttpExchange>> sendAsync, CancellationToken cancellationToken)
    {
        var known = Origin.IsPrivate(uri) ? StateOf(uri).Find(PathOf(uri)) : null;
        // A wrong credential would close repositories that are open to everybody, so it goes along only after it opened one.
        var used = known?.Verdict == CredentialVerdict.Accepted ? known : null;
        var exchange = await sendAsync(used?.Credential).ConfigureAwait(false);
        if (used is not null || !Wants(uri, exchange)) return exchange;
        try
        {
            return await TryAsync(uri, sendAsync, cancellationToken).ConfigureAwait(false) is { } better ? Instead(exchange, better) : exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    private static HttpExchange Instead(HttpExchange exchange, HttpExchange better)
    {
        exchange.Dispose();
        return better;
    }

    private static bool Wants(Uri uri, HttpExchange exchange) =>
        exchange.Response.Status == HttpStatusCode.Unauthorized && Origin.IsPrivate(uri) && Origin.AreSame(uri, exchange.Response.FinalUri);

    /// <summary>Sends with what git knows; null when it knows nothing, or nothing right. One request tries it, and those that meet a 401 meanwhile wait for what comes of it.</summary>
    private async Task<HttpExchange?> TryAsync(Uri uri, Func<HostCredential?, Task<HttpExchange>> sendAsync, CancellationToken cancellationToken)
    {
        var state = StateOf(uri);
        string? path = PathOf(uri);
        KnownCredential? known;
        await state.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (state.MayAsk(path))
            {
                var filled = await git.FillAsync(new Uri(uri.GetLeftPart(UriPartial.Authority)), path, cancellationToken).ConfigureAwait(false);
                if (filled is not null) _scrubber.Add(filled.Secrets());
                state.Add(filled, path);
            }
            known = state.Find(path);
            if (known is null or { Verdict: CredentialVerdict.Refused }) return null;
            if (known.Verdict == CredentialVerdict.Untried)
            {
                var first = await TryFirstAsync(known, uri, sendAsync, cancellationToken).ConfigureAwait(false);
                if (!Wants(uri, first)) return first;
                // The answer to nobody tells more: it may be a limit, behind which there are other ways.
                first.Dispose();
                return null;
            }
        }
        finally
        {
            state.Turn.Release();
        }
        return await sendAsync(known.Credential).ConfigureAwait(false);
    }

    private async Task<HttpExchange> TryFirstAsync(KnownCredential known, Uri uri, Func<HostCredential?, Task<HttpExchange>> sendAsync, CancellationToken cancellationToken)
    {
        var exchange = await sendAsync(known.Credential).ConfigureAwait(false);
        try
        {
            await TellAsync(known, uri, exchange, cancellationToken).ConfigureAwait(false);
            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    // One that opened something is not forgotten because it does not open everything.
    private async Task TellAsync(KnownCredential used, Uri uri, HttpExchange exchange, CancellationToken cancellationToken)
    {
        if (!Origin.AreSame(uri, exchange.Response.FinalUri)) return;
        int status = (int)exchange.Response.Status;
        if (status is >= 200 and < 300 && used.Decide(CredentialVerdict.Accepted))
        {
            if (tellsGit) await git.ApproveAsync(used.Credential, cancellationToken).ConfigureAwait(false);
        }
        else if (status == 401 && !AnonymousGit.IsFromEdge(exchange.Response) && used.Decide(CredentialVerdict.Refused) && tellsGit)
        {
            await git.RejectAsync(used.Credential, cancellationToken).ConfigureAwait(false);
        }
    }

    private HostCredentialState StateOf(Uri uri) => _hosts.GetOrAdd(uri.GetLeftPart(UriPartial.Authority), _ => new HostCredentialState());

    /// <summary>The repository's path as git has it; null where it holds what could be taken for another line.</summary>
    private static string? PathOf(Uri uri)
    {
        string path = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/');
        foreach (string end in (string[])["/info/refs", "/git-upload-pack", "/info/lfs/objects/batch"])
        {
            if (path.EndsWith(end, StringComparison.Ordinal)) path = path[..^end.Length];
        }
        return path.Length == 0 || path.Any(char.IsControl) ? null : path;
    }
}
