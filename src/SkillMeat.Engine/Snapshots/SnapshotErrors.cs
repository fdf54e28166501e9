using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>The errors of operations whose snapshot could not be taken, or is needed now.</summary>
internal static class SnapshotErrors
{
    public static StorageException NotTaken(StorageException problem, string collection) =>
        new(problem.ErrorId, problem.Path, $"cannot take a snapshot of collection '{collection}', so nothing was changed: {problem.Message}", problem);

    /// <summary>The error of a change that failed and could not be rolled back.</summary>
    /// <param name="problem">The error of the transaction.</param>
    /// <param name="waysBack">The snapshots that were taken before the change. Empty if none was wanted.</param>
    public static StorageException NotRolledBack(StorageException problem, IReadOnlyList<WayBack> waysBack)
    {
        var states = waysBack.Select(way => $"snapshot {way.SnapshotId} has everything of collection '{way.Collection}' as it was before").ToList();
        var kept = states.Count == 0 ? "" : $" Nothing is lost: {string.Join(", and ", states)}.";
        return new StorageException(problem.ErrorId, problem.Path, $"The change failed and could not be rolled back yet: {Sentence(problem)}{kept}", problem) { WaysBack = waysBack };
    }

    /// <summary>The error of a restore that failed and could not be rolled back.</summary>
    /// <param name="problem">The error of the transaction.</param>
    /// <param name="wanted">The snapshot that was being restored.</param>
    /// <param name="before">The snapshot of the state before; null if there was none.</param>
    public static StorageException RestoreNotRolledBack(StorageException problem, WayBack wanted, WayBack? before)
    {
        var safety = before is null ? "" : $"; the previous state is snapshot {before.SnapshotId}";
        var message = $"The restore of snapshot {wanted.SnapshotId} failed and could not be rolled back yet: {Sentence(problem)} Both states are kept{safety}.";
        return new StorageException(problem.ErrorId, problem.Path, message, problem) { WaysBack = before is null ? [wanted] : [wanted, before] };
    }

    /// <summary>The error of a restore that failed and changed nothing.</summary>
    public static StorageException NotRestored(StorageException problem, WayBack wanted) =>
        new(problem.ErrorId, problem.Path, $"Snapshot {wanted.SnapshotId} was not restored, and nothing was changed: {Sentence(problem)}", problem) { WaysBack = [wanted] };

    /// <summary>The error of a restore that succeeded, but whose result could not be verified.</summary>
    /// <param name="problem">The error of the verification.</param>
    /// <param name="wanted">The snapshot that was restored.</param>
    /// <param name="before">The snapshot of the state before; null if there was none.</param>
    public static StorageException RestoreNotVerified(StorageException problem, WayBack wanted, WayBack? before)
    {
        var safety = before is null ? "" : $" The previous state is snapshot {before.SnapshotId}.";
        var message = $"Snapshot {wanted.SnapshotId} was restored, but the result could not be verified: {Sentence(problem)}{safety}";
        return new StorageException(problem.ErrorId, problem.Path, message, problem) { WaysBack = before is null ? [wanted] : [wanted, before] };
    }

    private static string Sentence(StorageException problem) => problem.Message.EndsWith('.') ? problem.Message : $"{problem.Message}.";
}
