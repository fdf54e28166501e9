using System.Collections.Concurrent;
using System.Net;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Tokens;

/// <summary>
/// The credentials that git stores for hosts without a token. git is asked once for each host, when the host answers 401. An accepted credential is
/// sent with all further requests to the host.
/// </summary>
/// <param name="git">Runs <c>git credential</c>.</param>
/// <param name="reportsVerdicts">Whether to report to git if a credential worked; false if nothing may be written.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class HostCredentials(GitCredentialCommand git, bool reportsVerdicts = true)
{
    private readonly ConcurrentDictionary<string, HostCredentialState> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly TokenScrubber _scrubber = new(null);

    /// <summary>Returns a text with the passwords removed.</summary>
    public string Scrub(string text) => _scrubber.Scrub(text);

    /// <summary>Whether a text contains a password.</summary>
    public bool IsIn(string text) => _scrubber.IsIn(text);

    /// <summary>Returns the verdict on the credential for an address, or null if git was not asked or has none.</summary>
    public CredentialVerdict? Judge(Uri uri) => StateOf(uri).Find(PathOf(uri))?.Verdict;

    /// <summary>Sends a request, and repeats it with git's credential if the host requires one.</summary>
    /// <param name="uri">The address of the request.</param>
    /// <param name="sendAsync">Sends the request with or without a credential. It must not pass the credential on to another host.</param>
    /// <param name="cancellationToken">Kills git.</param>
    public async Task<HttpExchange> SendAsync(Uri uri, Func<HostCredential?, Task<HttpExchange>> sendAsync, CancellationToken cancellationToken)
    {
        var known = Origin.IsPrivate(uri) ? StateOf(uri).Find(PathOf(uri)) : null;
        // A wrong credential would close repositories that are public, so it is only sent once the host has accepted it.
        var used = known?.Verdict == CredentialVerdict.Accepted ? known : null;
        var exchange = await sendAsync(used?.Credential).ConfigureAwait(false);
        if (used is not null || !NeedsCredential(uri, exchange)) return exchange;
        try
        {
            return await TryAsync(uri, sendAsync, cancellationToken).ConfigureAwait(false) is { } better ? Replace(exchange, better) : exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    private static HttpExchange Replace(HttpExchange exchange, HttpExchange better)
    {
        exchange.Dispose();
        return better;
    }

    private static bool NeedsCredential(Uri uri, HttpExchange exchange) =>
        exchange.Response.Status == HttpStatusCode.Unauthorized && Origin.IsPrivate(uri) && Origin.AreSame(uri, exchange.Response.FinalUri);

    /// <summary>
    /// Sends the request with git's credential; null if there is none or the host refused it. One request tries the credential, while others that get
    /// a 401 wait for the result.
    /// </summary>
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
                if (!NeedsCredential(uri, first)) return first;
                // The answer without a credential is more useful: it may be a rate limit, which has other workarounds.
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
            await ReportVerdictAsync(known, uri, exchange, cancellationToken).ConfigureAwait(false);
            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    // A credential that was accepted once is kept even if it does not give access to everything.
    private async Task ReportVerdictAsync(KnownCredential used, Uri uri, HttpExchange exchange, CancellationToken cancellationToken)
    {
        if (!Origin.AreSame(uri, exchange.Response.FinalUri)) return;
        int status = (int)exchange.Response.Status;
        if (status is >= 200 and < 300 && used.Decide(CredentialVerdict.Accepted))
        {
            if (reportsVerdicts) await git.ApproveAsync(used.Credential, cancellationToken).ConfigureAwait(false);
        }
        else if (status == 401 && !AnonymousGit.IsFromEdge(exchange.Response) && used.Decide(CredentialVerdict.Refused) && reportsVerdicts)
        {
            await git.RejectAsync(used.Credential, cancellationToken).ConfigureAwait(false);
        }
    }

    private HostCredentialState StateOf(Uri uri) => _hosts.GetOrAdd(uri.GetLeftPart(UriPartial.Authority), _ => new HostCredentialState());

    /// <summary>Returns the path of the repository for git; null if it contains line breaks, which would be read as further lines.</summary>
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
