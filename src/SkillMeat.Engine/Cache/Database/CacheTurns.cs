namespace SkillMeat.Cache.Database;

/// <summary>
/// The work on a database that one thread of this program does at a time, while the others wait and then look whether it is still to be done. SQLite itself lets writers wait in no order and not for long. Whoever looks at
/// files, which can take as long as a disk wants, holds nobody up that only writes. Thread-safe.
/// </summary>
internal sealed class CacheTurns
{
    private int _refusals;

    /// <summary>For whoever compares projects with collections. Before <see cref="Writing"/>, never after it.</summary>
    public object Projects { get; } = new();

    /// <summary>For whoever reads the texts of artifacts. Before <see cref="Writing"/>, never after it.</summary>
    public object Texts { get; } = new();

    /// <summary>For whoever reads changed collections, and for whoever writes.</summary>
    public object Writing { get; } = new();

    /// <summary>How often another process did not let this one write, although it waited. Whoever waited meanwhile need not ask it again.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>Counts a refusal.</summary>
    public void Refuse() => Interlocked.Increment(ref _refusals);
}
