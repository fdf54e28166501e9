using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Errors;

/// <summary>Says with which cmdlet or parameter somebody gets on after an error. The engine does not know who asks it.</summary>
internal static class CmdletHint
{
    public static string? For(string errorId) => errorId switch
    {
        ErrorIds.HomeNotFound => $"-SkillMeatHome or {HomeFolder.EnvironmentVariable} names a home; New-SkmCollection makes it where there is none.",
        ErrorIds.CollectionNotFound => "New-SkmCollection makes one.",
        ErrorIds.ArtifactNotFound => "Get-SkmArtifact shows what it has.",
        ErrorIds.SnapshotNotFound => "Get-SkmSnapshot lists them.",
        ErrorIds.RecoveryPending => "Repair-SkmHome finishes or takes back what was interrupted, and says what is left.",
        ErrorIds.SnapshotCorrupt or ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing => "Repair-SkmHome stores again what the collections still have.",
        ErrorIds.LockTimeout => "-LockTimeoutSec waits longer.",
        ErrorIds.UpstreamUnauthorized => "-Token takes another token.",
        ErrorIds.UpstreamRateLimited => "-MaxWaitSec waits longer; -Token raises the limit.",
        _ => null,
    };
}
