using System.Management.Automation.Language;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Errors;

/// <summary>Names the cmdlet or parameter that helps after an error. The engine does not know its caller.</summary>
internal static class CmdletHint
{
    public static string? For(SkillMeatException error) => error is StorageException { WaysBack: { Count: > 0 } waysBack }
        ? $"When the cause is gone, {string.Join(", ", waysBack.Select(Describe))}."
        : error is NotDeployedException or DeploymentNotFoundException ? "Get-SkmDrift -IncludeInSync shows what projects have."
        : error is NotInSourceException ? "Get-SkmUpstreamArtifact lists what a source contains." : For(error.ErrorId);

    private static string Describe(WayBack way)
    {
        var artifacts = way.Artifacts.Count == 0 ? "" : $" -Artifact {string.Join(", ", way.Artifacts.Select(Quote))}";
        return $"Restore-SkmSnapshot -Collection {Quote(way.Collection)} -SnapshotId {way.SnapshotId}{artifacts} {(way.IsBefore ? "restores the state before" : "finishes the restore")}";
    }

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static string? For(string errorId) => errorId switch
    {
        ErrorIds.HomeNotFound => $"Name a home with -SkillMeatHome or {HomeFolder.EnvironmentVariable}, or create one with New-SkmCollection.",
        ErrorIds.CollectionNotFound => "New-SkmCollection creates one.",
        ErrorIds.ArtifactNotFound => "Get-SkmArtifact shows what it has.",
        ErrorIds.EntryNotFound => "Get-SkmGroup, Get-SkmMcpServer and Get-SkmTagDefinition show what it has.",
        ErrorIds.SnapshotNotFound => "Get-SkmSnapshot lists them.",
        ErrorIds.MarketplaceNotFound => "Get-SkmMarketplace lists them.",
        ErrorIds.ProgramNotFound => "'dotnet publish src/SkillMeat.Cli -c Release -o out/skm' builds it from the source of this module; then put out/skm on the PATH, or name the program with -Path.",
        ErrorIds.ServerNotFound => "Get-SkmServer lists them.",
        ErrorIds.RecoveryPending => "Repair-SkmHome completes or undoes the interrupted operation.",
        ErrorIds.SnapshotCorrupt or ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing => "Repair-SkmHome restores missing objects from the collections.",
        ErrorIds.LockTimeout => "-LockTimeoutSec waits longer.",
        ErrorIds.UpstreamUnauthorized => "Pass another token with -Token.",
        ErrorIds.UpstreamRateLimited => "-MaxWaitSec waits longer; -Token raises the limit.",
        ErrorIds.UpstreamSecondaryRateLimited => "-MaxWaitSec waits longer.",
        _ => null,
    };
}
