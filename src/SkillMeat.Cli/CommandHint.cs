using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli;

/// <summary>Names the command or option of <c>skm</c> that helps after an error. The engine does not know its caller.</summary>
internal static class CommandHint
{
    public static string? For(string errorId) => errorId switch
    {
        ErrorIds.HomeNotFound => $"'skm init' creates one; --home or {HomeFolder.EnvironmentVariable} names another.",
        ErrorIds.CollectionNotFound => "'skm collection create' creates one.",
        ErrorIds.ArtifactNotFound => "'skm list' shows what it has.",
        ErrorIds.SnapshotNotFound => "'skm snapshot list' lists them.",
        ErrorIds.RecoveryPending => "'skm repair' completes or undoes the interrupted operation.",
        ErrorIds.SnapshotCorrupt or ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing => "'skm repair' restores missing objects from the collections.",
        ErrorIds.LockTimeout => "--lock-timeout waits longer.",
        ErrorIds.UpstreamUnauthorized => "Set a valid token in GITHUB_TOKEN.",
        ErrorIds.UpstreamRateLimited or ErrorIds.UpstreamSecondaryRateLimited => "--max-wait waits longer.",
        _ => null,
    };
}
