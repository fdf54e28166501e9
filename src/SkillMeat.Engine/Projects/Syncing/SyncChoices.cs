using SkillMeat.Errors;

namespace SkillMeat.Projects.Syncing;

/// <summary>The choice that a request makes for all artifacts.</summary>
internal static class SyncChoices
{
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the parts of the request contradict each other.</exception>
    public static SyncChoice Of(SyncRequest request) => (request.Strategy, request.Direction) switch
    {
        (SyncStrategy.Merge or SyncStrategy.Prompt, _) => SyncChoice.Merge,
        (SyncStrategy.Fork, _) => SyncChoice.Fork,
        (SyncStrategy.Overwrite, SyncDirection.Push) => SyncChoice.TakeProject,
        (SyncStrategy.Overwrite, SyncDirection.Pull) => SyncChoice.TakeCollection,
        (SyncStrategy.Overwrite, _) => throw new SkillMeatException(ErrorIds.InvalidArgument, "To overwrite one side, name the direction: push or pull."),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Strategy, "There is no such strategy."),
    };
}
