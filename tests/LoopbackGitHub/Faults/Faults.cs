namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The plans that tests and benchmarks share.</summary>
public static class Faults
{
    /// <summary>The faults of a bad day: 500, 502, 429, the secondary limit, a reset, half a body, a web page.</summary>
    /// <param name="retryAfter">The time that the two limits tell the client to wait.</param>
    public static IReadOnlyList<Fault> BadDay(TimeSpan? retryAfter = null) =>
    [
        Fault.Failing(500),
        Fault.Failing(502),
        Fault.TooManyRequests(retryAfter),
        Fault.SecondaryLimit(retryAfter),
        Fault.Reset(),
        Fault.HalfBody(),
        Fault.HtmlPage(),
    ];

    /// <summary>Gives every <paramref name="n"/>th request the next of the faults, in rotation.</summary>
    public static FaultPlan EveryNth(int n, params Fault[] rotation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfZero(rotation.Length);
        var seen = 0;
        return _ =>
        {
            var number = Interlocked.Increment(ref seen);
            return number % n == 0 ? rotation[((number / n) - 1) % rotation.Length] : null;
        };
    }

    /// <summary>Gives the first request the first fault, the second the second, ...; null is no fault, and requests after the last get none.</summary>
    public static FaultPlan Sequence(params Fault?[] faults)
    {
        var seen = 0;
        return _ =>
        {
            var number = Interlocked.Increment(ref seen);
            return number <= faults.Length ? faults[number - 1] : null;
        };
    }

    /// <summary>Gives every request the same fault.</summary>
    public static FaultPlan Always(Fault fault) => _ => fault;

    /// <summary>Applies the plan only to the requests that match; the others do not count.</summary>
    public static FaultPlan When(Func<RequestRecord, bool> fits, FaultPlan plan) => request => fits(request) ? plan(request) : null;
}
