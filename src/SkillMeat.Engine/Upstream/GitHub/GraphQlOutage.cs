namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Tells a query that is too much from a GitHub that answers nothing: when the smallest queries fail one after another, nobody asks the rest, which would be a storm.
/// </summary>
/// <remarks>Safe from several threads.</remarks>
internal sealed class GraphQlOutage
{
    private const int Most = 3;

    private int _inARow;

    /// <summary>Whether asking on is pointless.</summary>
    public bool IsCertain => Volatile.Read(ref _inARow) >= Most;

    /// <summary>A query was answered.</summary>
    public void Pass() => Interlocked.Exchange(ref _inARow, 0);

    /// <summary>A query that could not be made smaller was not answered.</summary>
    public void Fail() => Interlocked.Increment(ref _inARow);
}
