using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cli;

/// <summary>Names the command or option of <c>skm</c> that helps after an error. The engine does not know its caller.</summary>
internal static class CommandHint
{
    public static string? For(SkillMeatException error) => error is StorageException { WaysBack: { Count: > 0 } waysBack }
        ? $"When the cause is gone, {string.Join(", ", waysBack.Select(Describe))}."
        : error is DeploymentNotFoundException ? "'skm drift --include-in-sync' shows what projects have."
        : error is NotInSourceException ? "'skm browse' lists what a source contains." : For(error.ErrorId);

    private static string Describe(WayBack way)
    {
        var artifacts = string.Concat(way.Artifacts.Select(artifact => $" --artifact {Quote(artifact)}"));
        return $"'skm snapshot restore {way.SnapshotId} --collection {Quote(way.Collection)}{artifacts}' {(way.IsBefore ? "restores the state before" : "finishes the restore")}";
    }

    private static string Quote(string text) => text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':') ? text : $"\"{text}\"";

    private static string? For(string errorId) => errorId switch
    {
        ErrorIds.HomeNotFound => $"'skm init' creates one; --home or {HomeFolder.EnvironmentVariable} names another.",
        ErrorIds.CollectionNotFound => "'skm collection create' creates one.",
        ErrorIds.ArtifactNotFound => "'skm list' shows what it has.",
        ErrorIds.EntryNotFound => "'skm group list', 'skm mcp list' and 'skm tag list' show what it has.",
        ErrorIds.SnapshotNotFound => "'skm snapshot list' lists them.",
        ErrorIds.MarketplaceNotFound => "'skm marketplace list' lists them.",
        ErrorIds.RecoveryPending => "'skm repair' completes or undoes the interrupted operation.",
        ErrorIds.SnapshotCorrupt or ErrorIds.ObjectCorrupt or ErrorIds.ObjectMissing => "'skm repair' restores missing objects from the collections.",
        ErrorIds.LockTimeout => "--lock-timeout waits longer.",
        ErrorIds.UpstreamUnauthorized => "Set a valid token in GITHUB_TOKEN.",
        ErrorIds.UpstreamRateLimited or ErrorIds.UpstreamSecondaryRateLimited => "--max-wait waits longer.",
        _ => null,
    };
}
