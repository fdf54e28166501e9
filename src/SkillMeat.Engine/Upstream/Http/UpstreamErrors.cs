using System.Globalization;
using System.Net;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Http;

/// <summary>Creates the errors that leave the HTTP layer. None contains a token, even if a server echoes it.</summary>
internal sealed class UpstreamErrors
{
    private const int MaxServerWords = 200;

    private readonly GitHubToken? _token;
    private readonly GitHubHosts _hosts;
    private readonly HostCredentials? _credentials;
    private readonly ProxyInUse _proxy;
    private readonly TokenScrubber _scrubber;

    public UpstreamErrors(GitHubToken? token, GitHubHosts hosts, HostCredentials? credentials, ProxyInUse proxy)
    {
        _token = token;
        _hosts = hosts;
        _credentials = credentials;
        _proxy = proxy;
        _scrubber = new TokenScrubber(token);
    }

    /// <summary>Returns the message of the innermost exception on one line. Socket errors are wrapped twice.</summary>
    public static string Innermost(Exception failure) => ServerText.Flatten(failure.GetBaseException().Message);

    /// <summary>Returns a text with the token and passwords removed.</summary>
    public string Scrub(string text)
    {
        text = _scrubber.Scrub(text);
        return _credentials?.Scrub(text) ?? text;
    }

    /// <summary>Describes a connection failure, including the proxy that was used.</summary>
    public string Unreachable(Uri uri, Exception failure) =>
        _proxy.Find(uri) is { } proxy ? $"{Innermost(failure).TrimEnd('.')} (by the proxy {Address(proxy)})" : Innermost(failure);

    /// <summary>Returns the error for a request that a proxy refused, or null if the failure has another cause or is transient.</summary>
    public UpstreamException? RefusedByProxy(UpstreamHttpRequest request, Uri uri, HttpRequestException failure)
    {
        if (failure.HttpRequestError != HttpRequestError.ProxyTunnelError || _proxy.Find(uri) is not { } proxy) return null;
        string words = Innermost(failure);
        string? status = failure.StatusCode is { } code ? $"{(int)code}" : Array.Find(["407", "403", "401"], number => words.Contains($"'{number}'", StringComparison.Ordinal));
        return status is ['4', _, _] ? OfProxy(request, uri, proxy, status) : null;
    }

    /// <summary>Returns the error for an answer that a retry would not change.</summary>
    public UpstreamException Refused(UpstreamHttpRequest request, UpstreamResponse response, string body)
    {
        string host = response.FinalUri.Authority;
        return response.Status switch
        {
            HttpStatusCode.Unauthorized when response.TokenSent =>
                new(ErrorIds.UpstreamUnauthorized, $"{request.What}: the token from {_token!.Source} was refused by {host} (401)."),
            HttpStatusCode.Unauthorized when _credentials?.Judge(response.FinalUri) == CredentialVerdict.Refused =>
                new(ErrorIds.UpstreamForbidden, $"{request.What}: {host} refused the credential that git stores for it (401). If it is private, {Advice(response)}"),
            HttpStatusCode.ProxyAuthenticationRequired => OfProxy(request, response.FinalUri, _proxy.Find(response.FinalUri), "407"),
            // git hosts send this answer both for private repositories and for those that do not exist.
            HttpStatusCode.Unauthorized when request.Role.IsGit() =>
                new(ErrorIds.UpstreamNotFound, $"{request.What}: {host} has no such repository, or it is private (401). {Hint(request, response)}"),
            HttpStatusCode.Unauthorized =>
                new(ErrorIds.UpstreamUnauthorized, $"{request.What}: {host} requires a token (401). {Hint(request, response)}"),
            HttpStatusCode.NotFound =>
                new(ErrorIds.UpstreamNotFound, $"{request.What}: not found at {host} (404). {Hint(request, response)}"),
            HttpStatusCode.Forbidden =>
                new(ErrorIds.UpstreamForbidden, $"{request.What}: {host} refuses access (403){Words(body)}.{Authorize(response)}"),
            var status =>
                new(ErrorIds.UpstreamUnavailable, $"{request.What}: {host} answers HTTP {(int)status}."),
        };
    }

    /// <summary>Returns the error for an invalid certificate. A retry would not help.</summary>
    public UpstreamException Untrusted(UpstreamHttpRequest request, Uri uri, Exception failure) =>
        new(
            ErrorIds.UpstreamUnavailable,
            $"{request.What}: the connection to {uri.Authority}{(_proxy.Find(uri) is { } proxy ? $", by the proxy {Address(proxy)}," : "")} is not trustworthy: {Scrub(Innermost(failure)).TrimEnd('.')}. "
                + "If your company signs it with its own certificate, let this system trust that certificate (on Linux, SSL_CERT_FILE or SSL_CERT_DIR can name it).",
            null,
            Clean(failure));

    /// <summary>Returns the error when all attempts have failed.</summary>
    public UpstreamException GaveUp(UpstreamCall call, TransientUpstreamException last)
    {
        string attempts = call.Attempts == 1 ? "1 attempt" : $"{call.Attempts} attempts";
        string within = call.Budget.IsSpent ? $" within the time-out of {Seconds(call.Budget.Total)}" : "";
        string message = $"{call.Request.What}: no valid answer from {call.Request.Uri.Authority} in {attempts}{within}; the last error: {Fault(last)}.";
        return new UpstreamException(ErrorIds.UpstreamUnavailable, message, null, Clean(last))
        {
            MayBeTooLarge = last.IsGateway,
        };
    }

    /// <summary>Returns the error for a request that is not sent, because its host has just let another one time out.</summary>
    public static UpstreamException Silent(UpstreamHttpRequest request, Uri host) =>
        new(ErrorIds.UpstreamUnavailable, $"{request.What}: {host.Authority} did not answer an earlier request in time, so it is not asked again.");

    /// <summary>Returns the error for a server that asks for a longer wait than the caller allows, without a rate limit.</summary>
    public UpstreamException Busy(UpstreamCall call, TransientUpstreamException last, DateTimeOffset until) =>
        new(
            ErrorIds.UpstreamUnavailable,
            $"{call.Request.What}: {call.Request.Uri.Authority} is not available ({Fault(last)}) and asks to try again after {Show(until)}.",
            until);

    /// <summary>Returns the error for a rate limit that is not waited for.</summary>
    public UpstreamException RateLimited(UpstreamHttpRequest request, Uri host, RateLimit limit, bool tokenSent)
    {
        if (request.Role.IsGit() && !tokenSent && limit.IsOpenEnded) return GitLimited(host, limit);
        if (limit.IsSecondary)
        {
            return new UpstreamException(
                ErrorIds.UpstreamSecondaryRateLimited,
                $"{request.What}: {host.Authority} imposes its secondary rate limit, for too many requests in a short time, until {Show(limit.ResetAt)}.",
                limit.ResetAt);
        }

        bool tokenWouldHelp = !tokenSent && request.Role is HostRole.Api or HostRole.GraphQL;
        string help = tokenWouldHelp && _token is null
            ? $" A token raises GitHub's limit from 60 to 5,000 requests an hour: {CredentialAdvice.HowToSetToken}"
            : "";
        return new UpstreamException(
            ErrorIds.UpstreamRateLimited,
            $"{request.What}: the rate limit of {host.Authority} is used up until {Show(limit.ResetAt)}.{help}",
            limit.ResetAt);
    }

    // The message does not name the request, because the limit applies to the whole host and may end many requests.
    private UpstreamException GitLimited(Uri host, RateLimit limit)
    {
        string help = GitHubHosts.For(host, _hosts) is null ? CredentialAdvice.For(host, _hosts)
            : _token is null ? CredentialAdvice.HowToSetToken
            : $"the one from {_token.Source} cannot be used for it.";
        return new UpstreamException(
            ErrorIds.UpstreamRateLimited, $"{host.Authority} currently limits git without a token; a token helps: {help}", limit.ResetAt);
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private string Hint(UpstreamHttpRequest request, UpstreamResponse response)
    {
        if (response.TokenSent) return $"If it is private, the token from {_token!.Source} cannot access it.";
        if (_credentials?.Judge(response.FinalUri) == CredentialVerdict.Accepted) return $"If it is private, the credential that git stores for {response.FinalUri.Authority} cannot access it.";
        if (_token is not null && request.WithoutToken) return $"If it is private, it cannot be read without the token from {_token.Source}.";
        if (_token is not null && (request.Role is HostRole.Api or HostRole.GraphQL || _hosts.Owns(response.FinalUri)))
            return $"The token from {_token.Source} is not sent to {Address(response.FinalUri)}: a token is only sent to its own host, and only encrypted.";
        return request.Role == HostRole.Other && _token is not null ? "If it is private, it cannot be read." : $"If it is private, {Advice(response)}";
    }

    private string Advice(UpstreamResponse response) => CredentialAdvice.For(response.FinalUri, _hosts);

    private static UpstreamException OfProxy(UpstreamHttpRequest request, Uri uri, Uri? proxy, string status) =>
        new(
            ErrorIds.UpstreamUnavailable,
            $"{request.What}: the proxy {(proxy is null ? "" : $"{Address(proxy)} ")}does not let requests to {uri.Authority} through ({status}); "
            + (status == "407" ? "put its user name and password into HTTPS_PROXY." : "ask who runs it, or name the host in NO_PROXY."));

    private static string Authorize(UpstreamResponse response) =>
        response.TokenSent && SingleSignOn.AddressIn(response) is { } address ? $" To authorize the token, open {address.AbsoluteUri}" : "";

    private static string Address(Uri uri) => $"{uri.Scheme}://{uri.Authority}";

    private string Fault(TransientUpstreamException fault) => ServerText.Cut(Scrub(ServerText.Flatten(fault.Message)), MaxServerWords).TrimEnd('.');

    private string Words(string body)
    {
        string words = ServerText.Cut(Scrub(ServerText.Flatten(MessageOf(body))), MaxServerWords).TrimEnd('.');
        return words.Length == 0 ? "" : $": {words}";
    }

    private static string MessageOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
                ? message.GetString()!
                : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An HTML page, truncated JSON or an unpaired surrogate has no message to show.
            return "";
        }
    }

    // A server can echo the token in a malformed header, so an exception that contains it is replaced by one with the scrubbed message.
    private Exception Clean(Exception failure) => _scrubber.IsIn(failure.ToString()) || _credentials?.IsIn(failure.ToString()) == true ? new IOException(Scrub(Innermost(failure))) : failure;
}
