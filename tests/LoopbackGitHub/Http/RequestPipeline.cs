using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Handles every request: log, delay, fault or answer, sending.</summary>
internal sealed class RequestPipeline
{
    private readonly LoopbackGitHubOptions _options;
    private readonly RequestLog _log;
    private readonly RequestRouter _router;
    private readonly FaultInjector _injector;
    private readonly AnswerWriter _writer;
    private readonly CancellationToken _stopping;
    private volatile FaultPlan? _faults;
    private long _delayTicks;

    public RequestPipeline(
        LoopbackGitHubOptions options, RepositoryIndex repositories, RequestLog log, string serverUrl, string systemConfig, CancellationToken stopping)
    {
        _options = options;
        _log = log;
        _stopping = stopping;
        _faults = options.Faults;
        _delayTicks = options.Delay.Ticks;
        _router = new RequestRouter(options, repositories, serverUrl, systemConfig);
        _injector = new FaultInjector(options);
        _writer = new AnswerWriter(log, options.Time);
    }

    public FaultPlan? Faults
    {
        get => _faults;
        set => _faults = value;
    }

    public GitMood GitMood
    {
        get => _router.GitMood;
        set => _router.GitMood = value;
    }

    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var arrived = _options.Time.GetUtcNow();
        var request = await LoopbackRequest.ReadAsync(context, _options.Token);
        if (_options.LogEndpoint && request.Segments is ["_log", ..])
        {
            await WriteLogAsync(context, request);
            return;
        }

        // Before the log, because the log is locked while it takes a record.
        var described = Describe(request, arrived);
        var pending = _log.Begin(number => described with { Number = number });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        try
        {
            await AnswerAsync(context, request, pending, ending.Token);
        }
        catch (Exception e) when (ending.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client gave up, or the server stops: there is nobody to answer.
            context.Abort();
        }
        finally
        {
            _log.End(pending);
        }
    }

    private RequestRecord Describe(LoopbackRequest request, DateTimeOffset arrived)
    {
        var kind = RequestClassifier.KindOf(request.Segments);
        var demand = kind == RequestKind.GraphQl ? _router.Measure(request) : null;
        return new RequestRecord
        {
            Number = 0,
            Time = arrived,
            Kind = kind,
            Method = request.Method,
            Path = request.Path,
            Query = request.Query,
            Headers = request.LoggedHeaders(),
            HadToken = request.Credential != Credential.None,
            Command = RequestClassifier.CommandOf(kind, request.Body),
            RequestBytes = request.BodyBytes,
            Repositories = demand?.Repositories,
            Lookups = demand?.Lookups,
        };
    }

    private async Task AnswerAsync(HttpContext context, LoopbackRequest request, PendingRecord pending, CancellationToken cancellationToken)
    {
        var fault = _faults?.Invoke(pending.Record);
        if (fault is not null)
        {
            pending.Change(record => record with { Fault = fault.Kind });
        }

        await WaitAsync(Delay + (fault?.Delay ?? TimeSpan.Zero), cancellationToken);
        switch (fault?.Kind)
        {
            case FaultKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            case FaultKind.Reset:
                _log.End(pending);
                FaultInjector.Reset(context);
                break;
            case FaultKind.HalfBody:
                await _writer.WriteHalfAsync(context, await RightAnswerAsync(request, cancellationToken), pending);
                break;
            default:
                var replaced = fault is null ? null : _injector.Replace(fault, request, pending.Record.Kind);
                await _writer.WriteAsync(context, replaced ?? await RightAnswerAsync(request, cancellationToken), pending);
                break;
        }
    }

    private async Task<Answer> RightAnswerAsync(LoopbackRequest request, CancellationToken cancellationToken)
    {
        Answer answer;
        try
        {
            answer = await _router.AnswerAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug in the server must fail the test that hits it.
            answer = Answer.Text(StatusCodes.Status500InternalServerError, e.ToString());
        }

        await WaitAsync(answer.Delay, cancellationToken);
        return _options.Compress ? AnswerWriter.Compress(answer, request) : answer;
    }

    private Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, _options.Time, cancellationToken) : Task.CompletedTask;

    private async Task WriteLogAsync(HttpContext context, LoopbackRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        if (request.Segments is ["_log", "reset"])
        {
            _log.Clear();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(RequestLogJson.Write(_log), context.RequestAborted);
    }
}
