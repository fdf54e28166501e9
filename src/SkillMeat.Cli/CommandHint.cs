using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli;

/// <summary>Says with which command or option of <c>skm</c> somebody gets on after an error. The engine does not know who asks it.</summary>
internal static class CommandHint
{
    public static string? For(string errorId) => errorId switch
    {
        ErrorIds.HomeNotFound => $"'skm init' makes one; --home or {HomeFolder.EnvironmentVariable} names another.",
        ErrorIds.CollectionNotFound => "'skm collection create' makes one.",
        ErrorIds.ArtifactNotFound => "'skm list' shows what it has.",
        ErrorIds.SnapshotNotFound => "'skm snapshot list' lists them.",
        ErrorIds.RecoveryPending => "'skm repair' finishes or takes back what was interrupted, and says what is left.",
        ErrorIds.SnapshotCorrupt or ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing => "'skm repair' stores again what the collections still have.",
        ErrorIds.LockTimeout => "--lock-timeout waits longer.",
        ErrorIds.UpstreamRateLimited => "--max-wait waits longer.",
        _ => null,
    };
}
