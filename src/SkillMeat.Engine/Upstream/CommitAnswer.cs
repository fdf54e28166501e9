namespace SkillMeat.Upstream;

/// <summary>The answer to a <see cref="CommitQuestion"/>.</summary>
/// <param name="Count">The number of commits; null if it is not known.</param>
/// <param name="IsFinal">Whether it is of no use to ask again: the number never changes, and what the server cannot say now it cannot say tomorrow.</param>
internal readonly record struct CommitAnswer(int? Count, bool IsFinal)
{
    /// <summary>The server cannot say: it does not have the older commit, there are too many commits, or it does not speak a protocol in which they can be counted.</summary>
    public static CommitAnswer Unknowable { get; } = new(null, IsFinal: true);

    /// <summary>The server did not answer.</summary>
    public static CommitAnswer Unanswered { get; } = new(null, IsFinal: false);
}
