using System.Collections.Concurrent;
using Polly;
using SkillMeat.Errors;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Http;

/// <summary>
/// How every provider asks an upstream: retries, rate limits, parallelism, redirects, time-outs and tokens are settled here, and
/// what comes out is either the answer as the reader read it, an <see cref="UpstreamException"/>, or the user's cancellation.
/// </summary>
/// <remarks>Safe for use from many threads; one instance per operation or session, because it counts the requests in flight.</remarks>
internal sealed class UpstreamHttp : IDisposable
{
    /// <summary>The largest body that is read as a whole; larger ones need a reader that streams.</summary>
    private const int MaxBufferedBytes = 64 * 1024 * 1024;

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

    /// <summary>Makes a client.</summary>
    /// <param name="options">Patience, parallelism, and the token as the token chain found it.</param>
    /// <param name="hosts">The configured GitHub, to which the token belongs.</param>
    /// <param name="time">Runs time-outs and waits.</param>
    /// <param name="innermost">Sends; stays the caller's to dispose. Must not follow redirects itself. Null makes one of our own.</param>
    /// <param name="verbose">Told about each retry, on one line without the token; null when nobody wants to know.</param>
    /// <param name="randomizer">Numbers from 0 to below 1 for the jitter; null takes the system's.</param>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/>: an option is out of range.</exception>
    public UpstreamHttp(
        UpstreamOptions options,
        GitHubHosts hosts,
        TimeProvider time,
        HttpMessageHandler? innermost = null,
        Action<string>? verbose = null,
        Func<double>? randomizer = null)
    {
        options.Validate();
        _options = options;
        _time = time;
        _invoker = innermost is null ? new HttpMessageInvoker(DefaultHandler.Create()) : new HttpMessageInvoker(innermost, disposeHandler: false);
        _errors = new UpstreamErrors(options.Token, hosts);
        _attempt = new HttpAttempt(_invoker, new RequestAuthorization(options.Token, hosts), _errors, _anonymousGit, options.AttemptTimeout, time);
        _slots = new SemaphoreSlim(options.MaxParallelRequests);
        Action<string>? scrubbed = verbose is null ? null : line => verbose(_errors.Scrub(line));
        _pipeline = new Lazy<ResiliencePipeline>(() => RetryPipeline.Build(options, time, randomizer, scrubbed));
    }

    /// <summary>Asks, and has the answer read by <paramref name="readAsync"/>, again and again while faults may pass.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="readAsync">Reads and parses the body; runs once per attempt.</param>
    /// <param name="cancellationToken">Ends everything, waits included.</param>
    /// <exception cref="UpstreamException">The upstream could not tell; see the <c>Upstream…</c> ids in <see cref="ErrorIds"/>.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled.</exception>
    public async Task<T> SendAsync<T>(UpstreamHttpRequest request, ReadAnswer<T> readAsync, CancellationToken cancellationToken)
    {
        var call = new UpstreamCall(request);
        try
        {
            return await TryAsync(call, readAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientUpstreamException last)
        {
            throw _errors.GaveUp(call, last);
        }
    }

    /// <summary>Asks, and reads the body as a whole.</summary>
    /// <inheritdoc cref="SendAsync{T}(UpstreamHttpRequest, ReadAnswer{T}, CancellationToken)"/>
    public Task<UpstreamAnswer> SendAsync(UpstreamHttpRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, (body, response, token) => ReadWholeAsync(request, body, response, token), cancellationToken);

    /// <summary>The text without the token: for words of a server that a provider wants to show.</summary>
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
            var result = await _attempt.RunAsync(call.Request, readAsync, cancellationToken).ConfigureAwait(false);
            gate.Pass(wave);
            if (call.Request.Role == HostRole.Git && _anonymousGit.IsRefusedThoughOpen(call.Request)) gate.CloseToObjects(call.Request);
            return result;
        }
        catch (RateLimitedException limited)
        {
            if (!MayWait(call, limited, gate, wave))
                throw _errors.RateLimited(call.Request, limited.AnsweredBy!, limited.Limit!, limited.TokenSent);
            throw;
        }
        catch (TransientUpstreamException fault)
        {
            call.Faults++;
            if (fault.IsGateway) call.GatewayFaults++;
            if (fault.RetryAfter > _options.MaxRateLimitWait) throw _errors.Busy(call, fault, _time.GetUtcNow() + fault.RetryAfter.Value);
            throw;
        }
        catch (UpstreamException)
        {
            gate.Pass(wave);
            throw;
        }
        finally
        {
            Leave(call.Request);
        }
    }

    // A slot is taken only when the host is open, so that those who wait for one host don't hold up another.
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
            if (state.Wait == TimeSpan.Zero && state.Closed is null) return state.Wave;
            Leave(request);
        }
    }

    private void Leave(UpstreamHttpRequest request)
    {
        if (request.Role.IsGit()) GitSlotsOf(request).Release(request.Role);
        else _slots.Release();
    }

    // git's hosts have no limit on how many ask at once that comes near GitHub's for its interfaces.
    private GitSlots GitSlotsOf(UpstreamHttpRequest request) =>
        _gitSlots.GetOrAdd(request.Uri.Authority, static (_, most) => new GitSlots(most), 2 * _options.MaxParallelRequests);

    private GateState Look(HostGate gate, UpstreamHttpRequest request)
    {
        var state = gate.Look(request);
        return state.Closed is { } closed ? throw _errors.RateLimited(request, request.Uri, closed.Limit, closed.TokenSent) : state;
    }

    // A limit met behind a redirect also holds back those who take the same way.
    private bool MayWait(UpstreamCall call, RateLimitedException limited, HostGate gate, int wave)
    {
        bool bearable = gate.Limit(limited, call.Request, wave);
        var answeredBy = GateOf(limited.AnsweredBy!);
        if (answeredBy != gate) answeredBy.Limit(limited, call.Request, answeredBy.Look(call.Request).Wave);
        return bearable && ++call.RateLimitWaits <= _options.MaxRateLimitWaits;
    }

    private HostGate GateOf(Uri uri) => _gates.GetOrAdd(uri.Authority, static (_, self) => new HostGate(self._time, self._options), this);

    // Timers drop fractions of a millisecond; without rounding up, the last one would be spun away.
    private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private static async Task<UpstreamAnswer> ReadWholeAsync(
        UpstreamHttpRequest request, Stream body, UpstreamResponse response, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        byte[] chunk = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (whole.Length + read > MaxBufferedBytes)
            {
                throw new UpstreamException(
                    ErrorIds.UpstreamUnavailable, $"{request.What}: the answer of {response.FinalUri.Authority} is larger than 64 MiB.");
            }
            whole.Write(chunk, 0, read);
        }
        return new UpstreamAnswer(response, whole.ToArray());
    }
}
