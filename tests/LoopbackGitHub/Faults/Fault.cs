namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A fault in the answer to one request. The methods create faults; any of them can be delayed: <c>Fault.Reset() with { Delay = ... }</c>.</summary>
public sealed record Fault
{
    private Fault(FaultKind kind) => Kind = kind;

    /// <summary>The kind of fault.</summary>
    public FaultKind Kind { get; }

    /// <summary>The delay before the fault, by the server's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The status of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; private init; }

    /// <summary>The value of <c>Retry-After</c>, in whole seconds; null to leave it out.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The value of <c>x-ratelimit-reset</c>; null for an hour from now.</summary>
    public DateTimeOffset? ResetAt { get; private init; }

    /// <summary>The target of <see cref="FaultKind.Redirect"/>: scheme, host and port.</summary>
    public Uri? Target { get; private init; }

    /// <summary>The right answer, late.</summary>
    public static Fault Late(TimeSpan delay) => new(FaultKind.Delay) { Delay = delay };

    /// <summary>A failing server: 500, 502, 503, ...</summary>
    public static Fault Failing(int status) => new(FaultKind.Status) { Status = status };

    /// <summary>429.</summary>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) => new(FaultKind.TooManyRequests) { RetryAfter = retryAfter };

    /// <summary>The secondary rate limit.</summary>
    public static Fault SecondaryLimit(TimeSpan? retryAfter = null) => new(FaultKind.SecondaryLimit) { RetryAfter = retryAfter };

    /// <summary>GraphQL's secondary rate limit, which comes as 200.</summary>
    public static Fault SecondaryLimitAs200() => new(FaultKind.SecondaryLimitAs200);

    /// <summary>GraphQL's refusal of a query that needs too many resources.</summary>
    public static Fault ResourceLimits() => new(FaultKind.ResourceLimits);

    /// <summary>The primary rate limit.</summary>
    public static Fault PrimaryLimit(DateTimeOffset? resetAt = null) => new(FaultKind.PrimaryLimit) { ResetAt = resetAt };

    /// <summary>A connection that is reset.</summary>
    public static Fault Reset() => new(FaultKind.Reset);

    /// <summary>Half of the right answer.</summary>
    public static Fault HalfBody() => new(FaultKind.HalfBody);

    /// <summary>A web page.</summary>
    public static Fault HtmlPage() => new(FaultKind.HtmlPage);

    /// <summary>No answer.</summary>
    public static Fault Hang() => new(FaultKind.Hang);

    /// <summary>Bad credentials.</summary>
    public static Fault Unauthorized() => new(FaultKind.Unauthorized);

    /// <summary>Another host.</summary>
    public static Fault RedirectTo(Uri target) => new(FaultKind.Redirect) { Target = target };
}
