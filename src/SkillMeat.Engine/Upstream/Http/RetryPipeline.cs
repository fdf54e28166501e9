using System.Globalization;
using System.Runtime.ExceptionServices;
using Polly;
using Polly.Retry;

namespace SkillMeat.Upstream.Http;

/// <summary>Builds and runs the resilience pipeline: exponential back-off with jitter for errors, the stated wait for rate limits.</summary>
internal static class RetryPipeline
{
    private static readonly ResiliencePropertyKey<UpstreamCall> CallKey = new("SkillMeat.UpstreamCall");

    /// <summary>Builds the pipeline. The first build takes several milliseconds, so it is delayed until a request fails.</summary>
    public static ResiliencePipeline Build(UpstreamOptions options, TimeProvider time, Func<double>? randomizer, Action<string>? verbose)
    {
        var retry = new RetryStrategyOptions
        {
            MaxRetryAttempts = Math.Max(1, options.MaxRetries + options.MaxRateLimitWaits),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.BaseDelay,
            MaxDelay = options.MaxDelay,
            ShouldHandle = arguments => new ValueTask<bool>(ShouldRetry(arguments, options)),
            DelayGenerator = arguments => new ValueTask<TimeSpan?>(DelayOf(arguments.Outcome.Exception)),
        };
        if (randomizer is not null) retry.Randomizer = randomizer;
        retry.OnRetry = arguments =>
        {
            Spend(arguments);
            verbose?.Invoke(Describe(arguments));
            return default;
        };
        return new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(retry).Build();
    }

    /// <summary>Continues a call whose first attempt failed.</summary>
    /// <param name="pipeline">The pipeline from <see cref="Build"/>.</param>
    /// <param name="call">The call.</param>
    /// <param name="firstFailure">The exception of the first attempt.</param>
    /// <param name="attemptAsync">Makes another attempt.</param>
    /// <param name="cancellationToken">Cancels the attempts and the waits between them.</param>
    public static async Task<T> ContinueAsync<T>(
        ResiliencePipeline pipeline,
        UpstreamCall call,
        Exception firstFailure,
        Func<CancellationToken, Task<T>> attemptAsync,
        CancellationToken cancellationToken)
    {
        var pending = firstFailure;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        try
        {
            return await pipeline.ExecuteAsync(
                async c =>
                {
                    var failure = Interlocked.Exchange(ref pending, null);
                    if (failure is not null) throw failure;
                    return await attemptAsync(c.CancellationToken).ConfigureAwait(false);
                },
                context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool ShouldRetry(RetryPredicateArguments<object> arguments, UpstreamOptions options)
    {
        if (arguments.Outcome.Exception is RateLimitedException) return true;
        return arguments.Outcome.Exception is TransientUpstreamException fault
            && arguments.Context.Properties.TryGetValue(CallKey, out var call)
            && call.MayRepeat(fault, options.MaxRetries);
    }

    // Null selects Polly's exponential delay.
    private static TimeSpan? DelayOf(Exception? failure) => failure switch
    {
        RateLimitedException { Limit.Wait: var wait } when wait > TimeSpan.Zero => wait,
        TransientUpstreamException { RetryAfter: { } wait } when wait > TimeSpan.Zero => wait,
        _ => null,
    };

    // A stated wait is bounded by an option of its own; the back-off counts as time without an answer, and one that would end later is not begun.
    private static void Spend(OnRetryArguments<object> arguments)
    {
        if (DelayOf(arguments.Outcome.Exception) is not null || !arguments.Context.Properties.TryGetValue(CallKey, out var call)) return;
        call.Budget.Spend(arguments.RetryDelay);
        if (call.Budget.IsSpent) ExceptionDispatchInfo.Throw(arguments.Outcome.Exception!);
    }

    private static string Describe(OnRetryArguments<object> arguments)
    {
        string what = arguments.Context.Properties.TryGetValue(CallKey, out var call) ? call.Request.What : "request";
        return string.Create(
            CultureInfo.InvariantCulture, $"{what}: {arguments.Outcome.Exception?.Message}; retrying in {arguments.RetryDelay.TotalSeconds:0.0} s");
    }
}
