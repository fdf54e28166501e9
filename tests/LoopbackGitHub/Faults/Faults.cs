namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Plans that tests and benchmarks need again and again.</summary>
public static class Faults
{
    /// <summary>What a bad day looks like: 500, 502, 429, the secondary limit, a reset, half a body, a web page.</summary>
    /// <param name="retryAfter">What the two limits tell the client to wait.</param>
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

    /// <summary>Every <paramref name="n"/>th request gets the next of the faults, which are taken in rotation.</summary>
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

    /// <summary>The first request gets the first, the second the second, ...; null leaves one alone, and so it is after the last.</summary>
    public static FaultPlan Sequence(params Fault?[] faults)
    {
        var seen = 0;
        return _ =>
        {
            var number = Interlocked.Increment(ref seen);
            return number <= faults.Length ? faults[number - 1] : null;
        };
    }

    /// <summary>The same for every request.</summary>
    public static FaultPlan Always(Fault fault) => _ => fault;

    /// <summary>The plan for those requests that fit; the others don't count in it.</summary>
    public static FaultPlan When(Func<RequestRecord, bool> fits, FaultPlan plan) => request => fits(request) ? plan(request) : null;
}
