using SkillMeat.Errors;

namespace SkillMeat.Storage.Journal;

/// <summary>What a recovery found of interrupted transactions.</summary>
/// <param name="Finished">How many were finished, because they were past their point of no return.</param>
/// <param name="TakenBack">How many were taken back.</param>
/// <param name="Waiting">How many are left: their process lives, or they can't be settled now.</param>
/// <param name="PutAside">Files that another program changed after the interruption; they were renamed to these paths, because a transaction's result replaced them.</param>
/// <param name="Problem">Why one can't be settled: a home that can't be written, a full disk. Reading goes on all the same.</param>
internal sealed record RecoveryReport(int Finished, int TakenBack, int Waiting, IReadOnlyList<string> PutAside, StorageException? Problem)
{
    public static RecoveryReport Nothing { get; } = new(0, 0, 0, [], null);

    public RecoveryReport And(RecoveryReport other) =>
        new(Finished + other.Finished, TakenBack + other.TakenBack, Waiting + other.Waiting, [.. PutAside, .. other.PutAside], Problem ?? other.Problem);
}
