using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>The error of an operation that could not take its snapshot.</summary>
internal static class SnapshotErrors
{
    public static StorageException NotTaken(StorageException problem, string collection) =>
        new(problem.ErrorId, problem.Path, $"cannot take a snapshot of collection '{collection}', so nothing was changed: {problem.Message}", problem);
}
