using System.Collections.Concurrent;
using Polly;
using SkillMeat.Errors;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Http;

/// <summary>
/// Sends the requests of all providers. It handles retries, rate limits, parallelism, redirects, time-outs and tokens. A call ends with the answer
/// that the reader returned, an <see cref="UpstreamException"/>, or the user's cancellation.
/// </summary>
/// <remarks>Thread-safe. Use one instance for each operation or session, because it counts the concurrent requests.</remarks>
internal sealed class UpstreamHttp : IDisposable
{
    private readonly UpstreamOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _invoker;
    private readonly UpstreamErrors _errors;
    private readonly HttpAttempt _attempt;
    private readonly SemaphoreSlim _slots;
    private readonly AnonymousGit _anonymousGit = new();
    private readonly ConcurrentDictionary<string, GitSlots> _gitSlots = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, HostGate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<ResiliencePipeline> _pipeline;

    /// <summary>Creates a client.</summary>
    /// <param name="options">The retry and parallelism options, and the token that the token chain found.</param>
    /// <param name="hosts">The configured GitHub server, to which the token belongs.</param>
    /// <param name="time">The clock for time-outs and waits.</param>
    /// <param name="innermost">
    /// The handler that sends requests, which must not follow redirects and is not disposed; null creates the default one.
    /// </param>
    /// <param name="verbose">Called with a one-line message about each retry, without the token; null for no messages.</param>
    /// <param name="randomizer">Returns numbers from 0 to below 1 for the jitter; null uses the system's random numbers.</param>
    /// <param name="credentials">The credentials that git stores for hosts without a token; null never asks git.</param>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/> if an option is out of range.</exception>
    public UpstreamHttp(
        UpstreamOptions options,
        GitHubHosts hosts,
        TimeProvider time,
        HttpMessageHandler? innermost = null,
        Action<string>? verbose = null,
        Func<double>? randomizer = null,
        HostCredentials? credentials = null)
    {
        options.Validate();
        _options = options;
        _time = time;
        _invoker = innermost is null ? new HttpMessageInvoker(DefaultHandler.Create()) : new HttpMessageInvoker(innermost, disposeHandler: false);
        _errors = new UpstreamErrors(options.Token, hosts, credentials, new ProxyInUse(innermost));
        _attempt = new HttpAttempt(
            _invoker, new RequestAuthorization(options.Token, hosts), credentials, _errors, _anonymousGit, GateOf, options.AttemptTimeout, options.RequestTime, time);
        _slots = new SemaphoreSlim(options.MaxParallelRequests);
        Action<string>? scrubbed = verbose is null ? null : line => verbose(_errors.Scrub(line));
        _pipeline = new Lazy<ResiliencePipeline>(() => RetryPipeline.Build(options, time, randomizer, scrubbed));
    }

    /// <summary>The limits of what a server may send.</summary>
    public UpstreamLimits Limits => _options.Limits;

    /// <summary>Sends a request, lets <paramref name="readAsync"/> read the answer, and retries after transient errors.</summary>
    /// <param name="request">The request.</param>
    /// <param name="readAsync">Reads and parses the body; runs once for each attempt.</param>
    /// <param name="cancellationToken">Cancels the request, including waits.</param>
    /// <exception cref="UpstreamException">The request failed; see the <c>Upstream…</c> ids in <see cref="ErrorIds"/>.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled.</exception>
    public async Task<T> SendAsync<T>(UpstreamHttpRequest request, ReadAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        var call = new UpstreamCall(request, _options.Timeout, GateOf(request.Uri));
        try
        {
            return await TryAsync(call, readAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientUpstreamException last)
        {
            // Otherwise every further request would wait as long again.
            if (last.IsStall && !call.HasHostProgressed) call.Gate.Silence();
            throw _errors.GaveUp(call, last);
        }
    }

    /// <summary>Sends a request and reads the complete body.</summary>
    /// <inheritdoc cref="SendAsync{T}(UpstreamHttpRequest, ReadAnswer{T}, CancellationToken)"/>
    public Task<UpstreamAnswer> SendAsync(UpstreamHttpRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, (body, response, token) => ReadWholeAsync(request, body, response, token), cancellationToken);

    /// <summary>Returns a text from a server with the token removed, for messages.</summary>
    public string Scrub(string text) => _errors.Scrub(text);

    public void Dispose()
    {
        _invoker.Dispose();
        _slots.Dispose();
        foreach (var slots in _gitSlots.Values) slots.Dispose();
    }

    private async Task<T> TryAsync<T>(UpstreamCall call, ReadAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        Exception first;
        try
        {
            return await AttemptAsync(call, readAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RateLimitedException || (e is TransientUpstreamException fault && call.MayRepeat(fault, _options.MaxRetries)))
        {
            first = e;
        }
        return await RetryPipeline.ContinueAsync(
            _pipeline.Value, call, first, token => AttemptAsync(call, readAsync, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> AttemptAsync<T>(UpstreamCall call, ReadAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        var gate = GateOf(call.Request.Uri);
        int wave = await EnterAsync(gate, call.Request, cancellationToken).ConfigureAwait(false);
        try
        {
            call.Attempts++;
            var result = await _attempt.RunAsync(call, readAsync, cancellationToken).ConfigureAwait(false);
            gate.Pass(wave);
            call.Gate.Progress();
            if (call.Request.Role == HostRole.Git && _anonymousGit.IsRefusedThoughOpen(call.Request)) gate.CloseToObjects(call.Request);
            return result;
        }
        catch (RateLimitedException limited)
        {
            call.Gate.Progress();
            if (!MayWait(call, limited, gate, wave))
                throw _errors.RateLimited(call.Request, limited.AnsweredBy!, limited.Limit!, limited.TokenSent);
            throw;
        }
        catch (TransientUpstreamException fault)
        {
            call.Faults++;
            if (fault.IsAnswer) call.Gate.Progress();
            if (fault.IsGateway) call.GatewayFaults++;
            if (fault.RetryAfter > _options.MaxRateLimitWait) throw _errors.Busy(call, fault, _time.GetUtcNow() + fault.RetryAfter.Value);
            throw;
        }
        catch (UpstreamException)
        {
            gate.Pass(wave);
            call.Gate.Progress();
            throw;
        }
        finally
        {
            Leave(call.Request);
        }
    }

    // A slot is taken only while the host is open, so that requests waiting for one host do not delay those to another.
    private async Task<int> EnterAsync(HostGate gate, UpstreamHttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = Look(gate, request);
            if (state.Wait > TimeSpan.Zero)
            {
                await Task.Delay(WholeMilliseconds(state.Wait), _time, cancellationToken).ConfigureAwait(false);
                continue;
            }
            await (request.Role.IsGit() ? GitSlotsOf(request).WaitAsync(request.Role, cancellationToken) : _slots.WaitAsync(cancellationToken)).ConfigureAwait(false);
            state = gate.Look(request);
            if (state.Wait == TimeSpan.Zero && state.Closed is null && !gate.IsSilent) return state.Wave;
            Leave(request);
        }
    }

    private void Leave(UpstreamHttpRequest request)
    {
        if (request.Role.IsGit()) GitSlotsOf(request).Release(request.Role);
        else _slots.Release();
    }

    // git hosts allow many more concurrent requests than GitHub's APIs do.
    private GitSlots GitSlotsOf(UpstreamHttpRequest request) =>
        _gitSlots.GetOrAdd(request.Uri.Authority, static (_, most) => new GitSlots(most), 2 * _options.MaxParallelRequests);

    private GateState Look(HostGate gate, UpstreamHttpRequest request)
    {
        if (gate.IsSilent) throw UpstreamErrors.Silent(request, request.Uri);
        var state = gate.Look(request);
        return state.Closed is { } closed ? throw _errors.RateLimited(request, request.Uri, closed.Limit, closed.TokenSent) : state;
    }

    // A limit behind a redirect also applies to requests that are sent to that host directly.
    private bool MayWait(UpstreamCall call, RateLimitedException limited, HostGate gate, int wave)
    {
        bool bearable = gate.Limit(limited, call.Request, wave);
        var answeredBy = GateOf(limited.AnsweredBy!);
        if (answeredBy != gate) answeredBy.Limit(limited, call.Request, answeredBy.Look(call.Request).Wave);
        return bearable && ++call.RateLimitWaits <= _options.MaxRateLimitWaits;
    }

    private HostGate GateOf(Uri uri) => _gates.GetOrAdd(uri.Authority, static (_, self) => new HostGate(self._time, self._options), this);

    // Timers drop fractions of a millisecond; without rounding up, the loop would spin through the last one.
    private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private async Task<UpstreamAnswer> ReadWholeAsync(
        UpstreamHttpRequest request, Stream body, UpstreamResponse response, CancellationToken cancellationToken)
    {
        var whole = await WholeBody.ReadAsync(body, request.What, _options.Limits, cancellationToken).ConfigureAwait(false);
        return new UpstreamAnswer(response, whole.ToArray());
    }
}
