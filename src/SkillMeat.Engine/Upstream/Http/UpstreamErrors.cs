using System.Globalization;
using System.Net;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Http;

/// <summary>Words the errors that leave the HTTP layer. None holds the token, whatever a server echoes.</summary>
internal sealed class UpstreamErrors
{
    private const int MaxServerWords = 200;

    private const string HowToSet = "set GITHUB_TOKEN, or log in with 'gh auth login'.";

    private readonly GitHubToken? _token;
    private readonly GitHubHosts _hosts;
    private readonly TokenScrubber _scrubber;

    public UpstreamErrors(GitHubToken? token, GitHubHosts hosts)
    {
        _hosts = hosts;
        _token = token;
        _scrubber = new TokenScrubber(token);
    }

    /// <summary>What lies at the bottom of a failure, on one line: sockets wrap their reason twice.</summary>
    public static string Innermost(Exception failure) => ServerText.Flatten(failure.GetBaseException().Message);

    /// <summary>The text without the token, wherever it came from.</summary>
    public string Scrub(string text) => _scrubber.Scrub(text);

    /// <summary>The error of an answer that asking again won't change.</summary>
    public UpstreamException Refused(UpstreamHttpRequest request, UpstreamResponse response, string body)
    {
        string host = response.FinalUri.Authority;
        return response.Status switch
        {
            HttpStatusCode.Unauthorized when response.TokenSent =>
                new(ErrorIds.UpstreamUnauthorized, $"{request.What}: the token from {_token!.Source} was refused by {host} (401)."),
            // git hosts answer so for what is private and for what is not there at all.
            HttpStatusCode.Unauthorized when request.Role.IsGit() =>
                new(ErrorIds.UpstreamNotFound, $"{request.What}: {host} has no such repository, or it is private (401). {Hint(request, response)}"),
            HttpStatusCode.Unauthorized =>
                new(ErrorIds.UpstreamUnauthorized, $"{request.What}: {host} wants a token (401). {Hint(request, response)}"),
            HttpStatusCode.NotFound =>
                new(ErrorIds.UpstreamNotFound, $"{request.What}: not found at {host} (404). {Hint(request, response)}"),
            HttpStatusCode.Forbidden =>
                new(ErrorIds.UpstreamForbidden, $"{request.What}: {host} refuses access (403){Words(body)}.{Authorize(response)}"),
            var status =>
                new(ErrorIds.UpstreamUnavailable, $"{request.What}: {host} answers HTTP {(int)status}."),
        };
    }

    /// <summary>The error of a certificate that does not fit: trying again would not help.</summary>
    public UpstreamException Untrusted(UpstreamHttpRequest request, Uri uri, Exception failure) =>
        new(
            ErrorIds.UpstreamUnavailable,
            $"{request.What}: the connection to {uri.Authority} is not trustworthy: {Scrub(Innermost(failure))}",
            null,
            Clean(failure));

    /// <summary>The error when all attempts failed.</summary>
    public UpstreamException GaveUp(UpstreamCall call, TransientUpstreamException last)
    {
        string attempts = call.Attempts == 1 ? "1 attempt" : $"{call.Attempts} attempts";
        string message = $"{call.Request.What}: no proper answer from {call.Request.Uri.Authority} in {attempts}; the last: {Fault(last)}.";
        return new UpstreamException(ErrorIds.UpstreamUnavailable, message, null, Clean(last))
        {
            MayBeTooMuch = last.IsGateway,
        };
    }

    /// <summary>The error when a server asks to be left alone for longer than the caller waits, without a rate limit.</summary>
    public UpstreamException Busy(UpstreamCall call, TransientUpstreamException last, DateTimeOffset until) =>
        new(
            ErrorIds.UpstreamUnavailable,
            $"{call.Request.What}: {call.Request.Uri.Authority} is not available ({Fault(last)}) and asks to try again after {Show(until)}.",
            until);

    /// <summary>The error of a rate limit that is not waited out.</summary>
    public UpstreamException RateLimited(UpstreamHttpRequest request, Uri host, RateLimit limit, bool tokenSent)
    {
        if (request.Role.IsGit() && !tokenSent && limit.IsOpenEnded) return GitLimited(host, limit);
        bool tokenWouldHelp = !tokenSent && request.Role is HostRole.Api or HostRole.GraphQL;
        string help = tokenWouldHelp && _token is null
            ? $" A token raises GitHub's limit from 60 to 5,000 requests an hour: {HowToSet}"
            : "";
        return new UpstreamException(
            ErrorIds.UpstreamRateLimited,
            $"{request.What}: the rate limit of {host.Authority} is used up until {Show(limit.ResetAt)}.{help}",
            limit.ResetAt);
    }

    // Without what was asked for: it is one fact about the host, however many questions it ends.
    private UpstreamException GitLimited(Uri host, RateLimit limit)
    {
        string help = GitHubHosts.For(host, _hosts) is null ? "log in with git's credential helper."
            : _token is null ? HowToSet
            : $"that from {_token.Source} can't be used for it.";
        return new UpstreamException(
            ErrorIds.UpstreamRateLimited, $"{host.Authority} limits git without a token at the moment; a token helps: {help}", limit.ResetAt);
    }

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private string Hint(UpstreamHttpRequest request, UpstreamResponse response)
    {
        if (response.TokenSent) return $"If it is private, the token from {_token!.Source} can't see it.";
        if (_token is null) return $"If it is private, a token is needed: {HowToSet}";
        if (request.WithoutToken) return $"If it is private, it can't be read without the token from {_token.Source}.";
        return request.Role == HostRole.Other
            ? "If it is private, it can't be read here."
            : $"The token from {_token.Source} is not sent to {Address(response.FinalUri)}: it goes to its own host only, and only encrypted.";
    }

    private static string Authorize(UpstreamResponse response) =>
        response.TokenSent && SingleSignOn.AddressIn(response) is { } address ? $" To let the token in, open {address.AbsoluteUri}" : "";

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
            // A page, cut-off JSON, or an unpaired surrogate: there are no words for a person in it.
            return "";
        }
    }

    // An exception that quotes the token (a server can put it into a malformed header) is replaced by its scrubbed words.
    private Exception Clean(Exception failure) => _scrubber.IsIn(failure.ToString()) ? new IOException(Scrub(Innermost(failure))) : failure;
}
