using SkillMeat.Errors;

namespace SkillMeat.Storage.Journal;

/// <summary>The result of a recovery of interrupted transactions.</summary>
/// <param name="Finished">The number of transactions that were finished, because they were past their point of no return.</param>
/// <param name="TakenBack">The number of transactions that were rolled back.</param>
/// <param name="Waiting">The number that is left, because their process lives or they cannot be settled now.</param>
/// <param name="PutAside">The new paths of files that another program changed after the interruption, before the transaction replaced them.</param>
/// <param name="Problem">The reason why one cannot be settled, such as a read-only home or a full disk, or null. Reading works anyway.</param>
internal sealed record RecoveryReport(int Finished, int TakenBack, int Waiting, IReadOnlyList<string> PutAside, StorageException? Problem)
{
    public static RecoveryReport Nothing { get; } = new(0, 0, 0, [], null);

    public RecoveryReport And(RecoveryReport other) =>
        new(Finished + other.Finished, TakenBack + other.TakenBack, Waiting + other.Waiting, [.. PutAside, .. other.PutAside], Problem ?? other.Problem);
}
