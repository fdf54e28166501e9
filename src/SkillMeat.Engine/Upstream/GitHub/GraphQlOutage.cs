namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Distinguishes a query that is too large from an outage of GitHub: when the smallest queries fail one after another, the remaining ones are not
/// sent.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class GraphQlOutage
{
    private const int Most = 3;

    private int _inARow;

    /// <summary>Whether further queries are pointless.</summary>
    public bool IsCertain => Volatile.Read(ref _inARow) >= Most;

    /// <summary>Records that a query was answered.</summary>
    public void Pass() => Interlocked.Exchange(ref _inARow, 0);

    /// <summary>Records that a query which could not be split failed.</summary>
    public void Fail() => Interlocked.Increment(ref _inARow);
}
