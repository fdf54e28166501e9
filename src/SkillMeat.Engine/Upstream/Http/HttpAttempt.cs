using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Http;

/// <summary>
/// Makes one attempt at a request: sends it, follows redirects, evaluates the status and lets the body be read. Transient errors become a <see
/// cref="TransientUpstreamException"/>, rate limits a <see cref="RateLimitedException"/>, and everything else an error for the user.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class HttpAttempt
{
    /// <summary>The maximum number of bytes of an error response that are read for its message.</summary>
    private const int MaxRefusalBytes = 64 * 1024;

    /// <summary>The version of GitHub's REST API that the code is written for.</summary>
    private const string RestVersion = "2022-11-28";

    private const string RestVersionHeader = "X-GitHub-Api-Version";

    /// <summary>A longer wait is a limit on anonymous requests, a shorter one a pause that the host asks of all clients.</summary>
    private static readonly TimeSpan _longestWaitAtDoor = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _invoker;
    private readonly RequestAuthorization _authorization;
    private readonly HostCredentials? _credentials;
    private readonly UpstreamErrors _errors;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly TimeSpan _total;
    private readonly AnonymousGit _anonymousGit;
    private readonly Func<Uri, HostGate> _gateOf;
    private readonly HttpVersions _versions = new();
    private readonly string _userAgent;
    private readonly string _gitAgent;

    public HttpAttempt(
        HttpMessageInvoker invoker,
        RequestAuthorization authorization,
        HostCredentials? credentials,
        UpstreamErrors errors,
        AnonymousGit anonymousGit,
        Func<Uri, HostGate> gateOf,
        TimeSpan patience,
        TimeSpan total,
        TimeProvider time)
    {
        _invoker = invoker;
        _authorization = authorization;
        _credentials = credentials;
        _errors = errors;
        _anonymousGit = anonymousGit;
        _gateOf = gateOf;
        _patience = patience;
        _total = total;
        _time = time;
        string version = typeof(HttpAttempt).Assembly.GetName().Version?.ToString(3) ?? "0";
        _userAgent = $"skm/{version}";
        // GitHub answers git requests only if the agent's name begins with this prefix; libgit2 uses the same form.
        _gitAgent = $"git/2.0 (skm {version})";
    }

    /// <summary>
    /// Sends the request and reads its answer. If HTTP/2 caused the failure, the request is repeated at once over HTTP/1.1; all requests are
    /// repeatable.
    /// </summary>
    public async Task<T> RunAsync<T>(UpstreamCall call, ReadAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await RunOnceAsync(call, readAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientUpstreamException e) when (e.BrokenHttp2 is not null)
        {
            _versions.StepDown(e.BrokenHttp2);
        }
        catch (RateLimitedException e) when (e.OverHttp2 is not null)
        {
            _versions.StepDown(e.OverHttp2);
        }
        return await RunOnceAsync(call, readAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> RunOnceAsync<T>(UpstreamCall call, ReadAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        var request = call.Request;
        call.Budget.Restart();
        using var stall = new StallTimer(_patience, _total, call.Budget, _time, cancellationToken);
        try
        {
            using var exchange = await AuthorizeAsync(call, stall, cancellationToken).ConfigureAwait(false);
            return await AnswerAsync(request, exchange, readAsync, stall).ConfigureAwait(false);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && IsOurs(e))
        {
            throw new OperationCanceledException("The request was cancelled.", cancellationToken);
        }
    }

    // Cancelling a socket surfaces as various exceptions. Exceptions of the reader stay visible.
    private static bool IsOurs(Exception e) => e is OperationCanceledException or TransientUpstreamException or RateLimitedException;

    // A 401 from a host without a token is answered with the credential that git stores for it.
    private Task<HttpExchange> AuthorizeAsync(UpstreamCall call, StallTimer stall, CancellationToken cancellationToken) =>
        _credentials is null || call.Request.WithoutToken || _authorization.HasTokenFor(call.Request.Uri)
            ? FollowAsync(call, credential: null, stall)
            : _credentials.SendAsync(call.Request.Uri, credential => FollowAsync(call, credential, stall), cancellationToken);

    private async Task<HttpExchange> FollowAsync(UpstreamCall call, HostCredential? credential, StallTimer stall)
    {
        var request = call.Request;
        var uri = request.Uri;
        call.TurnTo(_gateOf(uri));
        string? authorization = credential?.Header ?? (request.WithoutToken ? null : _authorization.HeaderFor(uri, request.Role));
        for (int redirects = 0; ; redirects++)
        {
            var exchange = await SendAsync(request, uri, authorization, isToken: credential is null, stall).ConfigureAwait(false);
            if (!Redirects.IsRedirect(exchange.Response.Status) || request.AlsoNormal.Contains(exchange.Response.Status)) return exchange;
            using (exchange)
            {
                call.Gate.Progress();
                if (redirects == Redirects.Max) throw Redirects.TooMany(request, uri);
                var next = Redirects.Next(request, uri, exchange.Received);
                if (!Origin.AreSame(uri, next))
                {
                    authorization = null;
                    // Headers that one host set for another must not reach a third.
                    request = request with { Headers = [.. request.Headers.Where(header => !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))] };
                }

                uri = next;
                var gate = _gateOf(uri);
                if (gate.IsSilent) throw UpstreamErrors.Silent(request, uri);
                call.TurnTo(gate);
            }
        }
    }

    private async Task<HttpExchange> SendAsync(UpstreamHttpRequest request, Uri uri, string? authorization, bool isToken, StallTimer stall)
    {
        var message = Compose(request, uri, authorization);
        HttpExchange? exchange = null;
        stall.Start();
        try
        {
            var answer = await _invoker.SendAsync(message, stall.Token).ConfigureAwait(false);
            return exchange = new HttpExchange(message, answer, isToken && authorization is not null);
        }
        catch (OperationCanceledException e) when (stall.Expired)
        {
            throw stall.IsOverdue ? stall.Overdue(e) : new TransientUpstreamException($"no answer within {stall.Patience}", e) { IsStall = true };
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            throw _errors.Untrusted(request, uri, e);
        }
        catch (HttpRequestException e) when (_errors.RefusedByProxy(request, uri, e) is { } refused)
        {
            throw refused;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TransientUpstreamException(_errors.Unreachable(uri, e), e) { BrokenHttp2 = HttpVersions.IsBroken(e) ? uri : null };
        }
        finally
        {
            stall.Stop();
            if (exchange is null) message.Dispose();
        }
    }

    private HttpRequestMessage Compose(UpstreamHttpRequest request, Uri uri, string? authorization)
    {
        var message = new HttpRequestMessage(request.Method, uri);
        _versions.Apply(message, uri);
        message.Headers.TryAddWithoutValidation("User-Agent", request.Role.IsGit() ? _gitAgent : _userAgent);
        if (request.Accept is { } accept) message.Headers.TryAddWithoutValidation("Accept", accept);
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        if (request.Role == HostRole.Api && !message.Headers.NonValidated.Contains(RestVersionHeader)) message.Headers.TryAddWithoutValidation(RestVersionHeader, RestVersion);
        if (authorization is not null) message.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (request.Content is { } bytes)
        {
            message.Content = new ReadOnlyMemoryContent(bytes);
            if (request.ContentType is { } type) message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        return message;
    }

    private async Task<T> AnswerAsync<T>(UpstreamHttpRequest request, HttpExchange exchange, ReadAnswer<T> readAsync, StallTimer stall)
    {
        var response = exchange.Response;
        if (!request.IsNormal(response.Status) || _anonymousGit.IsLimit(request, response)) throw await RefusalAsync(request, exchange, stall).ConfigureAwait(false);
        if (request.Expect != ExpectedBody.Any && response.MediaType is "text/html" or "application/xhtml+xml" && (int)response.Status is >= 200 and < 300)
            throw new TransientUpstreamException($"received a web page instead of {Name(request.Expect)}") { IsAnswer = true };
        var body = await OpenAsync(exchange, stall).ConfigureAwait(false);
        try
        {
            var result = await readAsync(body, response, stall.Token).ConfigureAwait(false);
            // If the reader left data, .NET drains the connection or closes it.
            if (!request.IsReadInPart) await body.DrainAsync().ConfigureAwait(false);
            _anonymousGit.Note(request, response);
            return result;
        }
        catch (Exception e) when (body.Failure is not null && e != body.Failure)
        {
            throw body.Failure;
        }
        catch (JsonException e)
        {
            throw new TransientUpstreamException("the answer is not valid JSON", e) { IsAnswer = true };
        }
        catch (Exception e) when (request.Expect == ExpectedBody.Json && e is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new TransientUpstreamException("the JSON of the answer has an unexpected structure", e) { IsAnswer = true };
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new TransientUpstreamException($"the answer is damaged: {e.Message}", e) { IsAnswer = true };
        }
        catch (RateLimitedException e) when (e.Limit is null)
        {
            throw Limited(request, response, RateLimit.ToldBy(e, response, _time.GetUtcNow()));
        }
    }

    private async Task<Exception> RefusalAsync(UpstreamHttpRequest request, HttpExchange exchange, StallTimer stall)
    {
        var response = exchange.Response;
        int status = (int)response.Status;
        if (_anonymousGit.IsLimit(request, response)) return Limited(request, response, RateLimit.ForNobody(response, _time.GetUtcNow()));
        if (status is 500 or 502 or 503 or 504 or 408)
        {
            return new TransientUpstreamException($"HTTP {status}")
            {
                IsAnswer = true,
                IsGateway = status is 502 or 504,
                RetryAfter = RateLimit.RetryAfterOf(response, _time.GetUtcNow()),
            };
        }

        if (status is not (403 or 429)) return _errors.Refused(request, response, "");
        string text = await RefusalTextAsync(exchange, stall).ConfigureAwait(false);
        if (RateLimit.Of(response, text, request.Role, _time.GetUtcNow()) is { } limit)
            return Limited(request, response, IsClosedDoor(request, response, limit) ? limit with { IsOpenEnded = true } : limit);
        if (status == 429 && request.Role.IsGit() && response.IsAnonymous) return Limited(request, response, RateLimit.ForNobody(response, _time.GetUtcNow()));
        return status == 429 ? new TransientUpstreamException("HTTP 429") { IsAnswer = true } : _errors.Refused(request, response, text);
    }

    // A host that limits anonymous requests usually offers another way, and would limit them again after a minute's wait.
    private static bool IsClosedDoor(UpstreamHttpRequest request, UpstreamResponse response, RateLimit limit) =>
        request.Role.IsGit() && response.IsAnonymous && limit.Wait > _longestWaitAtDoor;

    // Some clients met github.com's limit on anonymous git only over HTTP/2.
    private static RateLimitedException Limited(UpstreamHttpRequest request, UpstreamResponse response, RateLimit limit) =>
        new(limit, response.FinalUri, response.TokenSent)
        {
            OverHttp2 = response.IsHttp2 && response.IsAnonymous && limit.IsOpenEnded && request.Role == HostRole.GitObjects ? response.FinalUri : null,
        };

    private static async Task<string> RefusalTextAsync(HttpExchange exchange, StallTimer stall)
    {
        var body = await OpenAsync(exchange, stall).ConfigureAwait(false);
        byte[] text = new byte[MaxRefusalBytes];
        int length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, stall.Token).ConfigureAwait(false);
        return Encoding.UTF8.GetString(text, 0, length);
    }

    private static async Task<BodyStream> OpenAsync(HttpExchange exchange, StallTimer stall) =>
        new(await exchange.Received.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false), stall, exchange.Response.FinalUri);

    private static string Name(ExpectedBody expected) => expected switch
    {
        ExpectedBody.Json => "JSON",
        ExpectedBody.Git => "git's answer",
        _ => "an archive",
    };
}
