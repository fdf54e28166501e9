using SkillMeat.Errors;

namespace SkillMeat.Snapshots;

/// <summary>Without a way back nothing is changed, and whoever wanted to change something is told so.</summary>
internal static class SnapshotErrors
{
    public static StorageException NotTaken(StorageException problem, string collection) =>
        new(problem.ErrorId, problem.Path, $"no snapshot of collection '{collection}' can be made, so nothing was changed: {problem.Message}", problem);
}
